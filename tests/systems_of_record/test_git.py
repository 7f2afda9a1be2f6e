"""A git repository as a system of record: real repositories, people who push, and kills."""

import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.core.documents import Document, digest
from bot.core.errors import RecordRefused, RecordUnavailable
from bot.systems_of_record.git import Git

AT: Final = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
FIRST: Final = Document(
    "0017-postgres.md", "# D-17: Postgres\n", "D-17", change="D-17: logged: Postgres", at=AT
)
SECOND: Final = replace(FIRST, text="# D-17: PostgreSQL\n", change="D-17: amended: PostgreSQL")
OTHER: Final = replace(FIRST, name="0018-redis.md", text="# D-18\n", change="D-18: logged: Redis")
AS_PRIYA: Final = ("-c", "user.name=Priya", "-c", "user.email=priya@acme.example")


def _git(folder: Path, *command: str) -> str:
    done = subprocess.run(
        ["git", *AS_PRIYA, *command], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _log(repository: Path) -> list[str]:
    return _git(repository, "log", "--reverse", "--format=%s", "main").splitlines()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    _git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    return tmp_path / "remote.git"


@pytest.fixture
def system(tmp_path: Path, remote: Path) -> Git:
    return Git(str(tmp_path / "ours"), str(remote))


def _priya_writes(remote: Path, name: str, text: str) -> None:
    """Somebody changes a file in a clone of their own, and pushes it."""
    clone = remote.parent / "priya"
    if not clone.exists():
        _git(remote.parent, "clone", "--quiet", str(remote), "priya")
    _git(clone, "pull", "--quiet", "--rebase", "origin", "main")
    (clone / name).parent.mkdir(exist_ok=True)
    (clone / name).write_text(text)
    _git(clone, "add", ".")
    _git(clone, "commit", "--quiet", "--message", f"Priya changes {name}")
    _git(clone, "push", "--quiet", "origin", "main")


def test_each_change_is_one_commit_that_is_pushed_and_read_back(system: Git, remote: Path) -> None:
    first = system.write(FIRST, None)
    assert digest(system.read(first) or "") == first.digest
    second = system.write(SECOND, first)
    assert system.read(second) == SECOND.text
    assert _log(remote) == ["D-17: logged: Postgres", "D-17: amended: PostgreSQL"]
    told = _git(remote, "log", "-1", "--format=%an %ct", "main")
    assert told == f"Baton {int(AT.timestamp())}"


def test_writing_the_same_again_makes_no_commit(system: Git, remote: Path) -> None:
    for _ in range(3):
        system.write(FIRST, None)
    assert len(_log(remote)) == 1


def test_a_repository_without_a_remote_is_made_and_can_be_cloned(tmp_path: Path) -> None:
    alone = Git(str(tmp_path / "deep" / "ours"))
    reference = alone.write(FIRST, None)
    assert alone.read(reference) == FIRST.text
    _git(tmp_path, "clone", "--quiet", "deep/ours", "copy")
    assert (tmp_path / "copy/decisions/0017-postgres.md").read_text() == FIRST.text


def test_what_others_push_meanwhile_stays_and_ours_comes_on_top(system: Git, remote: Path) -> None:
    system.write(FIRST, None)
    _priya_writes(remote, "README.md", "Our decisions\n")
    assert not system.write(OTHER, None).replaced
    assert _log(remote) == [FIRST.change, "Priya changes README.md", OTHER.change]
    assert "README.md" in _git(remote, "ls-tree", "--name-only", "main").splitlines()


def test_a_change_by_hand_is_replaced_named_and_kept_in_the_history(
    system: Git, remote: Path
) -> None:
    known = system.write(FIRST, None)
    _priya_writes(remote, "decisions/0017-postgres.md", "by hand\n")
    assert system.read(known) == "by hand\n"
    assert system.write(SECOND, known).replaced
    assert system.read(known) == SECOND.text
    assert "(Priya)" in _git(remote, "log", "-1", "--format=%b", "main")
    assert _git(remote, "show", "main~1:decisions/0017-postgres.md") == "by hand"


def test_commits_of_a_lost_network_go_along_with_the_next(system: Git, remote: Path) -> None:
    system.write(FIRST, None)
    gone = remote.rename(remote.with_name("gone.git"))
    for document in (SECOND, SECOND, OTHER):
        with pytest.raises(RecordUnavailable):
            system.write(document, None)
    gone.rename(remote)
    _priya_writes(remote, "README.md", "Our decisions\n")
    assert system.read(system.write(OTHER, None)) == OTHER.text
    assert _log(remote) == [
        FIRST.change,
        "Priya changes README.md",
        SECOND.change,
        OTHER.change,
    ]


def test_a_document_under_another_name_leaves_its_old_file(system: Git, remote: Path) -> None:
    known = system.write(FIRST, None)
    renamed = replace(SECOND, name="0017-decision.md")
    gone = remote.rename(remote.with_name("gone.git"))
    with pytest.raises(RecordUnavailable):
        system.write(renamed, known)
    gone.rename(remote)
    _priya_writes(remote, "README.md", "Our decisions\n")
    assert system.read(system.write(renamed, known)) == renamed.text
    files = _git(remote, "ls-tree", "-r", "--name-only", "main").splitlines()
    assert files == ["README.md", "decisions/0017-decision.md"]
    assert len(_log(remote)) == 3


def test_two_machines_that_write_at_once_lose_nothing(tmp_path: Path, remote: Path) -> None:
    systems = [Git(str(tmp_path / each), str(remote)) for each in ("one", "two")]
    for system, document in zip(systems, (FIRST, OTHER), strict=True):
        system.write(document, None)
    systems[0].write(SECOND, None)
    systems[1].write(SECOND, None)
    assert _log(remote) == [FIRST.change, OTHER.change, SECOND.change]


def test_somebody_who_pushes_just_before_us_wins_and_we_come_after(
    tmp_path: Path, remote: Path
) -> None:
    """The remote takes Priya's commit between our fetch and our push."""
    system = Git(str(tmp_path / "ours"), str(remote))
    system.write(FIRST, None)
    clone = tmp_path / "priya"
    _git(tmp_path, "clone", "--quiet", str(remote), "priya")
    (clone / "README.md").write_text("Ours\n")
    _git(clone, "add", ".")
    _git(clone, "commit", "--quiet", "--message", "Priya is quick")
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    moved = f"{_git(clone, 'rev-parse', 'HEAD')}"
    _git(remote, "fetch", "--quiet", str(clone), "main")
    hook.write_text(
        f"#!/bin/sh\nrm -f '{hook}'\nenv -u GIT_QUARANTINE_PATH git update-ref refs/heads/main "
        f"{moved}\n"
    )
    hook.chmod(0o700)
    try:
        system.write(OTHER, None)
    except RecordRefused:  # how a remote tells it depends on the moment
        system.write(OTHER, None)
    assert _log(remote) == [FIRST.change, "Priya is quick", OTHER.change]


def test_what_a_kill_of_git_itself_leaves_is_cleared_away(
    system: Git, tmp_path: Path, remote: Path
) -> None:
    system.write(FIRST, None)
    ours = tmp_path / "ours"
    (ours / "baton.index").write_text("half")
    (ours / "baton.index.lock").touch()
    (ours / "config").unlink()
    lock = ours / "refs/heads/main.lock"
    lock.touch()
    with pytest.raises(RecordUnavailable):  # it may be in use
        system.write(SECOND, None)
    long_ago = lock.stat().st_mtime - timedelta(minutes=5).total_seconds()
    os.utime(lock, (long_ago, long_ago))
    system.write(SECOND, None)
    assert _log(remote) == [FIRST.change, SECOND.change]


def test_hooks_do_not_run_and_names_stay_inside(system: Git, tmp_path: Path) -> None:
    system.write(FIRST, None)
    hook = tmp_path / "ours/hooks/pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o700)
    system.write(SECOND, None)
    assert not (tmp_path / "ran").exists()
    for name in ("../x.md", "-x.md", "0017-a/../../b.md", ".git/config", "0017-x.md\n"):
        with pytest.raises(RecordRefused):
            system.write(replace(FIRST, name=name), None)


def test_a_folder_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(RecordRefused, match="name another folder"):
        Git(str(tmp_path)).write(FIRST, None)


def test_a_remote_that_does_not_take_it_is_told(system: Git, remote: Path) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho protected; exit 1\n")
    hook.chmod(0o700)
    with pytest.raises(RecordRefused, match="remote rejected"):
        system.write(FIRST, None)


def test_what_git_says_shows_no_password(tmp_path: Path) -> None:
    system = Git(str(tmp_path / "ours"), "https://tom:canary@127.0.0.1:1/decisions.git")
    with pytest.raises(RecordUnavailable) as failed:
        system.write(FIRST, None)
    assert "canary" not in str(failed.value)


def test_without_git_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RecordRefused, match="git is not installed"):
        Git(str(tmp_path / "ours")).write(FIRST, None)


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:acme/decisions.git", "https://github.com/acme/decisions/blob/main/x"),
        ("https://tom:canary@gitlab.com/a/b/c", "https://gitlab.com/a/b/c/blob/main/x"),
        ("ssh://git@git.acme.example/decisions.git", ""),
    ],
)
def test_a_file_on_a_known_host_has_an_address(remote: str, address: str) -> None:
    assert Git("unused", remote)._address("x") == address
