"""What Baton cannot see or tell, by construction: who is there, what is not theirs, who is best.

Each list says why what is on it stays out (T03, T23, T25, T29). Whoever adds to the product meets
them here.
"""

import ast
import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from bot.app import Application, metadata
from bot.core.db import grouped
from bot.core.errors import SlackRefused
from bot.core.outbox import Method
from bot.core.rate_limits import PER_METHOD
from bot.core.visibility import FEWEST, figure
from bot.features.asks.rules import figures
from bot.features.coach.messages.about import Tally
from bot.settings import Settings
from bot.slack.gateway import Gateway
from bot.slack.methods import ALLOWED
from tests.architecture.folders import folder_of
from tests.support.one_token import OneToken

ROOT: Final = Path(__file__).parents[2]
LOCAL_SLACK: Final = ROOT / "bot/playground"
SOURCES: Final = [
    path for path in sorted((ROOT / "bot").rglob("*.py")) if LOCAL_SLACK not in path.parents
]
TREES: Final = {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in SOURCES}
FOLDERS: Final = grouped(TREES, by=folder_of)

SCOPES_THAT_STAY_OUT: Final = {
    r"users:read\.email|users\.profile:.*": "more of a profile than name, zone and status",
    r"users:write": "sets presence",
    r"dnd:.*": "whether somebody wants to be left alone is a kind of presence",
    r"search:.*": "sees what its user sees, not what the reader may see",
    r"im:read|mpim:write|im:write\.topic": "of direct conversations it knows its own, by events",
    r"admin.*|auditlogs:.*|team\.billing:read|team\.preferences:read": "an organisation's offices",
    r"identify|identity\..*|openid|email|profile": "signs people in",
    r"chat:write\.(customize|public)": "it speaks under its own name, where it was invited",
    r"files:read|remote_files:.*": "what is in people's files",
    r"(links|bookmarks|pins|stars|reminders|canvases|lists|calls|emoji)(\.\w+)?:.*": "no need",
    r"conversations\.connect:.*|assistant:write|incoming-webhook|tokens\.basic": "no need",
}
METHODS_THAT_STAY_OUT: Final = {
    r"users\.(getPresence|setPresence|setActive)": "whether somebody is there",
    r"dnd\.\w+(\.\w+)*": "whether somebody wants to be left alone",
    r"search\.\w+(\.\w+)*|assistant\.search\.\w+": "sees what its user sees, not the reader",
    r"users\.(lookupByEmail|list|identity)|users\.profile\.\w+": "finds people by other names",
    r"team\.(accessLogs|integrationLogs|billableInfo|billing\.info)": "who was there, and when",
    r"(admin|audit|discovery|scim)(\.\w+)+": "an organisation's offices",
    r"(stars|reminders|pins|bookmarks|saved)\.\w+": "what somebody keeps for themselves",
    r"rtm\.\w+": "its stream tells presence",
    r"files\.(list|info|sharedPublicURL)": "what is in people's files",
    r"chat\.(delete|meMessage|scheduleMessage|unfurl|stream\w*)": "there is one way to speak",
    r"reactions\.\w+|conversations\.(list|kick|join|mark)": "events tell, or nobody asked for it",
}
EVENTS_THAT_STAY_OUT: Final = {
    r".*presence.*|user_huddle_changed|dnd_updated.*": "whether somebody is there",
    r"user_(status|profile)_changed": "more than the one event about a person",
    r"tokens_revoked\.oauth|email_domain_changed|team_(plan|pref)_change": "no need",
    r"(star|pin|file)_.*|link_shared": "what somebody keeps, or looks at",
}
COLUMNS_THAT_STAY_OUT: Final = {
    r"(is_|was_)?(online|active|idle|presen(t|ce))(_.*)?": "whether somebody is there",
    r"last_(seen|active|login|online|typed|read)(_.*)?|(seen|read)_(at|by)": "as above",
    r"(.*_)?(score|rank|ranking|rating|karma|points|streak|badge)s?(_.*)?": "ranks people",
    r"(.*_)?(response|reply|answer|reaction)_(time|seconds|hours|rate)(_.*)?": "how quick they are",
    r"(.*_)?(percentile|average|productivity|performance|sentiment|mood)(_.*)?": "judges people",
    r"(message|reply|reaction|hint|late|overdue|answered|asked|words?)_count": "counts doings",
    r"(e_?mail|phone|ip|ip_address|user_agent|device|location)(_.*)?": "reaches or follows people",
}
METHOD: Final = re.compile(
    r"(admin|apps|assistant|audit|auth|bookmarks|chat|conversations|discovery|dnd|files|"
    r"functions|oauth|pins|reactions|reminders|rtm|saved|search|stars|team|usergroups|users|views)"
    r"(\.[a-z][A-Za-z0-9]*)+"
)
NO_METHODS: Final = {"files.slack.com", "users.json"}
"""A host, and a file of a workspace's export."""

OF_PEOPLE: Final = re.compile(
    r"\w*(user|author|asker|answerer|holder|sender|recipient|reader|owner|person|who|by)(_ids?)?"
)
COUNTS: Final = {
    "bot/cli/doctor.py _count": "how many rows of a queue wait: nobody's",
    "bot/core/backlog.py _depth": "by state: how many rows of a queue wait",
    "bot/llm/budget.py measure": "of all workspaces: what was spent on the model today",
    "bot/core/message_store.py reaction_counts": "by message: how much talk there was about it",
    "bot/core/quotations.py is_about_one": "of one message that was sent: whether it quotes one",
    "bot/features/asks/queries.py urgent_tally": "of one person: they alone, while they ask",
    "bot/features/coach/queries.py busy_threads": "by thread: which to look at; no number is told",
    "bot/features/coach/queries.py counts": "by rule, mode and outcome; `may_count` comes first",
    "bot/features/decisions/queries/writes.py counts": "by state: what waits to be written",
    "bot/features/handoffs/queries/telling.py _holders": "ids alone: whom the job writes to, each "
    "of them about their own",
    "bot/features/handoffs/queries/standups.py declined": "ids alone: whom a stand-up does not ask",
}
"""Every statement that groups or counts, by what, and who reads it."""


@pytest.fixture(scope="module")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    file = tmp_path_factory.mktemp("blind") / "b.db"
    whole = Application(Settings(_env_file=None, database_url=f"sqlite:///{file}"))
    return [whole.manifest(socket_mode=mode) for mode in (True, False)]


def _denied(names: Iterator[str] | set[str], denied: Mapping[str, str]) -> list[str]:
    return [
        f"{name}: {why}"
        for name in names
        for shape, why in denied.items()
        if re.fullmatch(shape, name)
    ]


def _texts() -> Iterator[tuple[str, str]]:
    """Every text of the code and where it stands."""
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"{name}:{node.lineno}", node.value


def test_t25_no_scope_sees_who_is_there_or_what_only_others_may_see(
    manifests: list[dict[str, Any]],
) -> None:
    for manifest in manifests:
        scopes = manifest["oauth_config"]["scopes"]
        assert set(scopes) == {"bot", "bot_optional"}, "never a token of somebody's own"
        assert _denied({*scopes["bot"], *scopes["bot_optional"]}, SCOPES_THAT_STAY_OUT) == []


def test_t25_no_event_tells_who_is_there(manifests: list[dict[str, Any]]) -> None:
    for manifest in manifests:
        subscribed = manifest["settings"]["event_subscriptions"]
        assert not {each for each in subscribed if "user" in each}
        assert _denied(set(subscribed["bot_events"]), EVENTS_THAT_STAY_OUT) == []


def test_t25_no_method_that_stays_out_is_named_anywhere() -> None:
    named = {f"{words}" for _, words in _texts() if METHOD.fullmatch(words)} - NO_METHODS
    assert _denied(named, METHODS_THAT_STAY_OUT) == []
    assert named <= set(ALLOWED), "a method is called when it stands on the list, with its reason"
    assert {*Method, *PER_METHOD} <= set(ALLOWED)
    assert _denied(set(ALLOWED), METHODS_THAT_STAY_OUT) == []


@pytest.mark.parametrize("method", ["users.getPresence", "dnd.info", "search.messages", "", "x"])
def test_t25_the_gateway_refuses_a_method_that_is_not_on_the_list(method: str) -> None:
    nobody = "http://127.0.0.1:1/"
    gateway = Gateway(nobody, OneToken(""), timeout=timedelta(seconds=1), time_zone="UTC")
    with pytest.raises(SlackRefused, match="not_a_method_of_ours"):
        gateway._call_with("", method, {})


def test_t25_no_package_method_of_the_vendors_goes_around_the_list() -> None:
    """`client.users_getPresence()` would; everything goes by name through one `api_call`."""
    families = METHOD.pattern.partition(")")[0].removeprefix("(")
    called = re.compile(rf"({families})_[a-zA-Z_]+")
    vendors = {"bot/slack/gateway.py"} | {name for name in TREES if "WebClient" in _names(name)}
    found = {
        f"{name}:{node.lineno}"
        for name in vendors
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and called.fullmatch(node.func.attr)
    }
    assert found == set()


def _names(name: str) -> set[str]:
    return {node.id for node in ast.walk(TREES[name]) if isinstance(node, ast.Name)}


def test_t25_no_column_ranks_somebody_or_tells_whether_they_are_there() -> None:
    columns = {f"{column.name}" for table in metadata().tables.values() for column in table.columns}
    assert len(columns) > 100
    assert _denied(columns, COLUMNS_THAT_STAY_OUT) == []


def test_t25_every_statement_that_groups_or_counts_has_its_reader() -> None:
    found = {
        f"{name} {function.name}"
        for name, function in _functions()
        for call in _calls(function)
        if call == "group_by" or call.startswith("func.")
    }
    assert found == set(COUNTS), "say by what it counts, and who reads it"


def test_t25_what_is_grouped_by_a_person_counts_nothing() -> None:
    """Of those by a person nothing leaves but whose they are."""
    for name, function in _functions():
        grouping = [
            ast.unparse(argument)
            for node in ast.walk(function)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "group_by"
            for argument in node.args
        ]
        words = " ".join(grouping)
        place = f"{name} {function.name}"
        by_person = any(OF_PEOPLE.fullmatch(part) for part in re.split(r"\W+", words))
        if by_person or words == "*place":
            assert "ids alone" in COUNTS[place], place
            assert not {call for call in _calls(function) if call in TOLD}, place


TOLD: Final = {"func.count", "func.sum", "func.avg"}


def test_t25_no_statement_is_written_out_that_groups() -> None:
    written = re.compile(r"\b(GROUP BY|PARTITION BY|COUNT\(|AVG\(|SUM\()")
    assert [place for place, words in _texts() if written.search(words)] == []


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield name, node


def _calls(function: ast.AST) -> set[str]:
    """What is called in a function; of SQL's own functions those that make one of many."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = ast.unparse(node.func.value)
            is_sum = of == "func" and node.func.attr in {
                "count",
                "sum",
                "avg",
                "rank",
                "row_number",
            }
            found.add(f"func.{node.func.attr}" if is_sum else node.func.attr)
    return found


@pytest.mark.parametrize("shape", [figures.Figures, figures.Counted, Tally])
def test_t25_figures_have_no_place_for_a_person(shape: type) -> None:
    names = {each.name for each in dataclasses.fields(shape)} - {"people"}
    assert [name for name in names if OF_PEOPLE.fullmatch(name)] == []
    kinds = {str(each.type) for each in dataclasses.fields(shape) if "dict" in str(each.type)}
    assert kinds == set()


def test_t25_what_is_shown_of_many_is_of_five_at_least() -> None:
    assert FEWEST >= 5
    for count in range(10):
        people = [f"U{number}" for number in range(count)] * 3
        assert (figure(people, 7) is None) is (count < FEWEST)


def test_t25_no_command_of_an_operator_reads_a_statement_about_people() -> None:
    """The command line's own statements are about queues; what it tells of people are exports."""
    for name, function in _functions():
        if name.startswith("bot/cli/") and "group_by" in _calls(function):
            raise AssertionError(f"{name} {function.name}")


SPEAK: Final = {
    f"{family}_{verb}"
    for family in ("chat", "views", "conversations", "files", "reactions")
    for verb in ("postMessage", "postEphemeral", "update", "open", "publish", "upload", "delete")
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_t03_one_function_makes_requests_to_slack(folder: str) -> None:
    for name in FOLDERS[folder]:
        calls = _calls(TREES[name])
        assert not SPEAK & calls, name
        if name != "bot/slack/gateway.py":
            assert "api_call" not in calls, name
            assert "send_dict" not in calls, name


def test_t03_nothing_is_posted_with_a_preview_or_a_name_that_pings() -> None:
    tree = TREES["bot/slack/gateway.py"]
    posts = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name in {"post", "whisper", "update"}
    ]
    assert len(posts) == 3
    assert all("_LITERAL" in each for each in posts)
    assert "_NO_PREVIEWS" in posts[0]
    assert '"unfurl_links": False' in (ROOT / "bot/slack/gateway.py").read_text()


@pytest.mark.parametrize("folder", FOLDERS)
def test_t20_a_log_call_gives_facts_and_no_texts(folder: str) -> None:
    for name in FOLDERS[folder]:
        for node in filter(_is_log_call, ast.walk(TREES[name])):
            assert isinstance(node, ast.Call)
            _gives_facts(name, node)


def _gives_facts(name: str, call: ast.Call) -> None:
    (event,) = call.args
    place = f"{name}:{call.lineno}"
    assert isinstance(event, ast.Constant) or name == "bot/core/logs.py", place
    for word in call.keywords:
        assert word.arg in FACTS, f"{place} {word.arg}: say why it is nobody's words"
        told = ast.unparse(word.value)
        assert not TEXTS.search(told), f"{place} {word.arg}: give the error itself, or an id"


TEXTS: Final = re.compile(r"\bstr\((error|gone|refused|failed)|repr\(|\.text\b|\bbody\b|\.detail")
FACTS: Final = frozenset(
    {
        *("about", "at", "because", "code", "connections", "error", "event_id", "exc_info"),
        *(
            "generation",
            "installation",
            "job",
            "key",
            "kind",
            "listener",
            "method",
            "missing",
            "seconds",
        ),
        *("number", "of", "org_wide", "outcome", "page", "pager", "receive", "row", "rows"),
        *(
            "state",
            "system",
            "team",
            "times",
            "trace",
            "traces",
            "what",
            "why",
            "work",
            "workspace",
        ),
    }
)
"""What a line may tell besides its event: ids, names of ours, numbers, codes, errors by class."""


def _is_log_call(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) == "log"
        and node.func.attr in {"debug", "info", "warning", "error", "exception", "critical"}
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_t20_nothing_is_written_past_the_log(folder: str) -> None:
    past = {"print_exc", "format_exc", "print_exception", "basicConfig", "getLogger"}
    for name in FOLDERS[folder]:
        if name == "bot/core/logs.py":
            continue
        assert not past & _calls(TREES[name]), name
        if folder != "bot/cli":
            direct = {
                node.func.id
                for node in ast.walk(TREES[name])
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }
            assert "print" not in direct, name


def test_t29_every_package_is_pinned_by_its_hash_and_comes_from_nowhere_special() -> None:
    """`pip install --require-hashes` refuses what is not; the Makefile installs no other way."""
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        lines = file.read_text().replace("\\\n", " ").splitlines()
        wanted = [line for line in lines if line and not line.lstrip().startswith("#")]
        assert wanted, file
        for line in wanted:
            assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==[^\s;]+", line), line
            assert "--hash=sha256:" in line, line
        assert not re.search(r"(?m)^\s*(-i|--|https?:|git\+|-e)", "\n".join(wanted)), file
    makefile = (ROOT / "Makefile").read_text()
    installs = [line for line in makefile.splitlines() if re.match(r"\t@\$\(PIP\)", line)]
    assert installs
    assert all("--require-hashes" in line or "--no-deps" in line for line in installs)


def test_t29_few_packages_run_and_none_that_stands_between_us_and_a_model() -> None:
    run = (ROOT / "requirements/run.txt").read_text()
    packages = set(re.findall(r"(?m)^([a-z0-9][a-z0-9._-]*)", run))
    assert len(packages) <= MOST_PACKAGES
    assert not packages & {"litellm", "langchain", "openai", "requests", "aiohttp", "sentry-sdk"}


MOST_PACKAGES: Final = 60


def test_t23_nothing_of_a_person_goes_along_with_a_question_to_the_model() -> None:
    """No batch whose results would be kept for 29 days, no id of a user, no file."""
    client = TREES["bot/llm/client.py"]
    keys = {node.value for node in ast.walk(client) if isinstance(node, ast.Constant)}
    assert not keys & {"metadata", "user_id", "user_profile_id", "container", "mcp_servers"}
    for name in TREES:
        if name.startswith("bot/llm/"):
            assert not {"batches", "files", "beta"} & {
                node.attr for node in ast.walk(TREES[name]) if isinstance(node, ast.Attribute)
            }
