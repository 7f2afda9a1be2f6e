"""`baton agreement`, `pause` and `resume`, as an operator calls them."""

import pytest

from bot.core import channels, workspaces
from bot.core.channels import Channel
from bot.core.clock import SystemClock
from bot.core.db import Database
from tests.support.shell import Shell


@pytest.fixture
def team(house: Shell) -> Shell:
    """The command line beside a database with one workspace and one channel."""
    database = Database(f"sqlite:///{house.folder / 'baton.db'}")
    now = SystemClock().now()
    with database.transaction() as session:
        tideline = workspaces.Workspace("T1", "Tideline", "https://t/", "B1", "U0", frozenset())
        workspaces.save(session, tideline, now=now)
        infra = Channel("C1", "infra", is_private=False, is_member=True)
        channels.save(session, "T1", infra, [], as_of=now)
    database.close()
    return house


@pytest.mark.slow
def test_a_file_is_exported_changed_checked_and_imported(team: Shell) -> None:
    assert team("agreement", "export", "agreement.yaml").stdout == "Written to agreement.yaml.\n"
    file = team.folder / "agreement.yaml"
    text = file.read_text()
    assert "digest.at: 09:00" in text
    changed = text.replace("digest.at: 09:00", "digest.at: 08:30 # early birds")
    file.write_text(f"{changed}channels:\n  '#infra':\n    coach.mode: on\n")
    told = "workspace digest.at: default → 08:30\nchannel:C1 coach.mode: default → on\n"
    check = team("agreement", "check", "agreement.yaml")
    assert (check.returncode, check.stdout) == (0, f"{told}2 settings would change.\n")
    dry = team("agreement", "import", "agreement.yaml", "--dry-run")
    assert dry.stdout == check.stdout
    done = team("agreement", "import", "agreement.yaml")
    assert (done.returncode, done.stdout) == (0, f"{told}2 settings changed.\n")
    assert team("agreement", "import", "agreement.yaml").stdout == "Nothing is different.\n"
    again = team("agreement", "export").stdout
    assert "digest.at: 08:30" in again
    assert "# is #infra" in again
    team("agreement", "export", "agreement.yaml")
    assert "digest.at: 08:30 # early birds" in file.read_text(), "comments stay"


@pytest.mark.slow
def test_a_wrong_file_changes_nothing_and_each_wrong_line_is_named(team: Shell) -> None:
    file = team.folder / "agreement.yaml"
    file.write_text("workspace:\n  digest.at: 25\n  digest.hour: 8\n  attention.budget: 7\n")
    for verb in ("check", "import"):
        refused = team("agreement", verb, "agreement.yaml")
        assert refused.returncode == 1
        assert refused.stderr.splitlines() == [
            "agreement.yaml, line 2: digest.at: There is no 25 on the clock.",
            "agreement.yaml, line 3: There is no setting “digest.hour”; did you mean digest.at?",
            "Nothing was changed.",
        ]
    assert "attention.budget: 3" in team("agreement", "export").stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("agreement", "check", "nowhere.yaml"), "cannot be read. (No such file"),
        (("agreement", "export", "no/where.yaml"), "cannot be written"),
        (("agreement", "export", "--workspace", "T9"), "no workspace of that id"),
        (("pause", "--workspace", "T9"), "no workspace of that id"),
    ],
)
def test_what_cannot_be_done_gets_a_sentence(
    arguments: tuple[str, ...], sentence: str, team: Shell
) -> None:
    refused = team(*arguments)
    assert refused.returncode == 2
    assert refused.stderr.startswith("error: ")
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.slow
def test_before_baton_ever_ran_there_is_no_workspace(house: Shell) -> None:
    refused = house("pause")
    assert refused.returncode == 2
    assert "no workspace yet" in refused.stderr


@pytest.mark.slow
def test_pausing_and_resuming_twice_says_so(team: Shell) -> None:
    told = [team(verb).stdout for verb in ("pause", "pause", "resume", "resume")]
    assert told == [
        "Tideline is paused.\n",
        "Tideline was paused already.\n",
        "Tideline is resumed.\n",
        "Tideline was resumed already.\n",
    ]
