"""A git repository as a system of record: one file for each document, one commit for each change.

The repository is bare and Baton's own. Blobs, trees and commits are made by themselves and the
branch is moved in one step, so no kill leaves half a file or a lock of an index behind. Where there
is a remote, what counts is what stands there: a commit that could not be pushed stays, and goes
along with the next. Baton's commits are laid anew on top of what others pushed meanwhile.
"""

import fcntl
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.core.crash import crash_point
from bot.core.documents import Document, Reference, digest
from bot.core.errors import RecordConflict, RecordRefused, RecordUnavailable
from bot.core.patterns import regex

FOLDER: Final = "decisions"
AUTHOR: Final = "Baton"
EMAIL: Final = "baton@localhost"
LOCAL_SECONDS: Final = 20.0
REMOTE_SECONDS: Final = 30.0
TRIES: Final = 4
STALE_SECONDS: Final = 60.0
"""A lock of git's own that is older than this was left by a process that is dead."""

_INDEX: Final = "baton.index"
_NAME: Final = regex(r"[0-9]+-[a-z0-9-]+\.md")
_HOSTED: Final = regex(r"[@/](github\.com|gitlab\.com)[:/]([\w./-]+?)(?:\.git)?/?$")
_SECRET: Final = regex(r"//[^/@\s]*@")
_PASSED_ON: Final = ("PATH", "HOME", "SSH_AUTH_SOCK", "LANG", "SSL_CERT_FILE", "TMPDIR")
_QUIET: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "true",
    "SSH_ASKPASS": "true",
    "GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oConnectTimeout=10",
    "GIT_ALLOW_PROTOCOL": "file:https:ssh",
    "GIT_AUTHOR_NAME": AUTHOR,
    "GIT_AUTHOR_EMAIL": EMAIL,
    "GIT_COMMITTER_NAME": AUTHOR,
    "GIT_COMMITTER_EMAIL": EMAIL,
    "LC_ALL": "C.UTF-8",
}
_SETTINGS: Final = (
    "core.hooksPath=/dev/null",
    "core.logAllRefUpdates=true",
    "commit.gpgSign=false",
    "gc.autoDetach=false",
    "protocol.ext.allow=never",
)


class _Failed(Exception):
    """A command of git's ended with an error."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class Git:
    """Keeps documents in a bare repository in `directory`, and in its `remote` if there is one.

    The directory is made if it is missing: as a copy of the remote, or empty.
    """

    name = "git"

    def __init__(self, directory: str, remote: str = "", branch: str = "main") -> None:
        self._directory = Path(directory).absolute()
        self._remote, self._branch = remote, branch
        self._ours = f"refs/heads/{branch}"
        self._theirs = f"refs/remotes/origin/{branch}"

    def write(self, document: Document, known: Reference | None) -> Reference:
        """Commits the document unless it stands there, and pushes what is not pushed.

        Where it was known under another name, that file goes.
        """
        if not _NAME.fullmatch(document.name):
            raise RecordRefused(f"({document.name!r} is no name of a file)")
        path = f"{FOLDER}/{document.name}"
        files: dict[str, bytes | None] = {path: document.text.encode()}
        if known is not None and known.id != path:
            files[known.id] = None
        with self._alone():
            offline = self._catch_up()
            replaced = self._commit(files, document)
            crash_point("record.after_commit")
            if offline is not None:
                raise offline
            if self._remote:
                self._push()
            crash_point("record.after_push")
        return Reference(path, digest(document.text), self._address(path), replaced=replaced)

    def read(self, reference: Reference) -> str | None:
        """The file as it stands on the branch: the remote's, if there is one."""
        with self._alone():
            if self._remote:
                self._fetch()
            tip = self._theirs if self._remote else self._ours
            found = self._try("cat-file", "blob", f"{tip}:{reference.id}")
        return found.decode(errors="replace") if found is not None else None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else of this machine works on the repository meanwhile; it is there and usable."""
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with (self._directory / "baton.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._prepare()
                yield
        except OSError as error:
            raise RecordRefused(f"({self._directory}: {error.strerror})") from None
        except subprocess.TimeoutExpired:
            raise RecordUnavailable("(git took too long)") from None
        except _Failed as failed:
            raise RecordUnavailable(f"({failed.said})") from None

    def _address(self, path: str) -> str:
        """Where people open the file, if it is on a host whose addresses are known."""
        found = _HOSTED.search(self._remote)
        return f"https://{found[1]}/{found[2]}/blob/{self._branch}/{path}" if found else ""

    def _prepare(self) -> None:
        self._drop_stale_locks()
        for left in self._directory.glob(f"{_INDEX}*"):
            left.unlink()
        if not all((self._directory / each).exists() for each in ("HEAD", "config")):
            others = {each.name for each in self._directory.iterdir()} - {"baton.lock"}
            if others and not others <= _OF_GIT:
                raise RecordRefused(
                    f"({self._directory} is not empty, and no bare repository: name another folder)"
                )
            self._run("init", "--quiet", "--bare", f"--initial-branch={self._branch}", ".")
        if self._remote and self._try("config", "remote.origin.url") != self._remote.encode():
            self._run("config", "remote.origin.url", self._remote)
            fetched = f"+{self._ours}:{self._theirs}"
            self._run("config", "remote.origin.fetch", fetched)

    def _drop_stale_locks(self) -> None:
        """Takes away what a process left that was killed while it moved the branch."""
        now = (self._directory / "baton.lock").stat().st_mtime
        left = [self._directory / "config.lock", self._directory / "packed-refs.lock"]
        for lock in [*left, *(self._directory / "refs").rglob("*.lock")]:
            if lock.exists() and now - lock.stat().st_mtime > STALE_SECONDS:
                lock.unlink()

    def _catch_up(self) -> RecordUnavailable | None:
        """Brings the branch up to the remote's; returns why not, if the remote is out of reach."""
        if not self._remote:
            return None
        try:
            self._fetch()
        except RecordUnavailable as error:
            return error
        self._lay_on_top()
        return None

    def _fetch(self) -> None:
        refs = f"+{self._ours}:{self._theirs}"
        try:
            self._run("fetch", "--quiet", "--no-tags", "origin", refs, seconds=REMOTE_SECONDS)
        except _Failed as failed:
            if "couldn't find remote ref" in failed.said:  # an empty repository
                self._try("update-ref", "-d", self._theirs)
                return
            raise RecordUnavailable(f"({failed.said})") from None

    def _lay_on_top(self) -> None:
        """Has the branch begin with all that stands on the remote's, and then our own commits."""
        ours, theirs = self._tip(self._ours), self._tip(self._theirs)
        if theirs is None or ours == theirs:
            return
        tip: str | None = theirs
        for commit in self._not_there_yet(ours, theirs):
            date = self._text("show", "--no-patch", "--format=%ad", "--date=raw", commit)
            said = self._text("show", "--no-patch", "--format=%B", commit)
            tip, _ = self._committed(tip, self._changed_in(commit), said, date)
        if tip != ours:
            self._move(tip, ours)

    def _not_there_yet(self, ours: str | None, theirs: str) -> list[str]:
        if ours is None:
            return []
        told = self._text("log", "--reverse", "--format=%H %ae", f"{theirs}..{ours}")
        commits = [line.split(" ", 1) for line in told.splitlines()]
        if any(email != EMAIL for _, email in commits):
            raise RecordConflict("(its folder has commits of others that the remote does not have)")
        return [commit for commit, _ in commits]

    def _changed_in(self, commit: str) -> dict[str, bytes | None]:
        """The files that a commit of ours changed, as they were after it; None: it is gone."""
        told = self._text("diff-tree", "-r", "--root", "--no-commit-id", "--name-only", commit)
        return {path: self._try("cat-file", "blob", f"{commit}:{path}") for path in told.split()}

    def _commit(self, files: Mapping[str, bytes | None], document: Document) -> bool:
        """Commits the document, unless the branch has it; returns whether it replaces another's."""
        tip = self._tip(self._ours)
        date = f"{int(document.at.timestamp())} +0000" if document.at else ""
        commit, replaced = self._committed(tip, files, document.change, date)
        if commit != tip:
            self._move(commit, tip)
        return replaced

    def _committed(
        self, tip: str | None, files: Mapping[str, bytes | None], said: str, date: str
    ) -> tuple[str | None, bool]:
        """A commit on top of `tip` with these files, or the tip itself if it has them so."""
        there = {path: self._try("cat-file", "blob", f"{tip}:{path}") for path in files}
        if tip and there == files:
            return tip, False
        by_hand = [who for path in files if (who := self._changed_by_others(tip, path))]
        if by_hand:
            said = f"{said}\n\nThis replaces a change by {by_hand[0]}; it stays in the history."
        tree = self._tree(tip, files)
        parents = ("-p", tip) if tip else ()
        made = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
        commit = self._run("commit-tree", tree, *parents, given=said.encode(), more=made)
        return commit.decode().strip(), bool(by_hand)

    def _changed_by_others(self, tip: str | None, path: str) -> str:
        """Which commit changed the file last, and whose, if it was not Baton's."""
        if tip is None:
            return ""
        told = self._text("log", "-1", "--format=%ae%n%h (%an)", tip, "--", path)
        email, _, found = told.partition("\n")
        return "" if email == EMAIL else found

    def _tree(self, tip: str | None, files: Mapping[str, bytes | None]) -> str:
        """The whole tree of `tip` with some files changed, made in an index of its own."""
        index = {"GIT_INDEX_FILE": str(self._directory / _INDEX)}
        self._run("read-tree", *([tip] if tip else ["--empty"]), more=index)
        entries = "".join(self._entry(path, text) for path, text in files.items())
        self._run("update-index", "--index-info", given=entries.encode(), more=index)
        return self._run("write-tree", more=index).decode().strip()

    def _entry(self, path: str, text: bytes | None) -> str:
        """A line of an index: the file with this text, or none."""
        if text is None:
            return f"0 {'0' * 40}\t{path}\n"
        blob = self._run("hash-object", "-w", "--stdin", given=text).decode().strip()
        return f"100644 {blob}\t{path}\n"

    def _push(self) -> None:
        """Pushes the branch. Raises RecordConflict if others keep pushing."""
        for _ in range(TRIES):
            ours = self._tip(self._ours)
            if ours == self._tip(self._theirs):
                return
            refs = f"{ours}:{self._ours}"
            said = ["push", "--porcelain", "--quiet", "--no-verify", "origin", refs]
            try:
                self._run(*said, seconds=REMOTE_SECONDS)
            except _Failed as failed:
                if "[remote rejected]" in failed.said:
                    raise RecordRefused(f"({failed.said})") from None
                if "[rejected]" not in failed.said:
                    raise
            self._fetch()
            self._lay_on_top()
        raise RecordConflict(f"({TRIES} times)")

    def _tip(self, ref: str) -> str | None:
        found = self._try("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        return found.decode() if found else None

    def _move(self, commit: str | None, before: str | None) -> None:
        """Moves the branch, if nobody moved it meanwhile."""
        self._run("update-ref", self._ours, commit or "", before or "0" * 40)

    def _text(self, *command: str) -> str:
        return self._run(*command).decode(errors="replace").strip()

    def _try(self, *command: str) -> bytes | None:
        """What git says, without the newline of one line; None if it fails."""
        try:
            said = self._run(*command)
        except _Failed:
            return None
        return said if command[0] == "cat-file" else said.strip()

    def _run(
        self,
        *command: str,
        given: bytes = b"",
        seconds: float = LOCAL_SECONDS,
        more: dict[str, str] | None = None,
    ) -> bytes:
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        try:
            done = subprocess.run(  # noqa: S603 - no shell, and nothing of it begins as people like
                ["git", *settings, *command],  # noqa: S607 - whichever git is installed
                cwd=self._directory,
                input=given,
                capture_output=True,
                timeout=seconds,
                check=False,
                env=_environment() | {"GIT_DIR": str(self._directory)} | (more or {}),
            )
        except FileNotFoundError:
            raise RecordRefused("(git is not installed on this machine)") from None
        if done.returncode:
            raise _Failed(_sentence(command[0], done.stdout + done.stderr))
        return done.stdout


_OF_GIT: Final = frozenset(
    (
        *("HEAD", "FETCH_HEAD", "branches", "config", "description", "hooks", "info", "logs"),
        *("objects", "packed-refs", "refs"),
    )
)
"""What is there of a repository whose making was cut short: it is made again."""


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | _QUIET


def _sentence(command: str, said: bytes) -> str:
    """What git said, in one line and without what stands before the @ of an address."""
    words = said.decode(errors="replace").split()
    return _SECRET.sub("//", f"git {command}: {' '.join(words)}")[:300]
