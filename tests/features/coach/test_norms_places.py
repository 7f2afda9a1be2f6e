"""Norms about the right place: broadcasts, general channels, talks that could be public."""

import pytest

from bot.core.events import ChannelKind
from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.norms.delicate import shows_secret
from tests.features.coach.talk import ANA, MEI, findings, rules, situation, told


@pytest.mark.parametrize(
    "text",
    [
        "<!here> can anyone with admin on the registry delete the tag `api:broken`?",
        "<!here> can someone review my PR? <https://git.example/1>",
        "<!channel> who can approve my PR for the invoice footer today?",
        "<!here> whoever force-pushed to `release/4.9`: please push it back",
        "<!channel> I need four volunteers for the registration desk on Saturday 8-11.",
        "<!here> does anyone know how to rotate the key?",
        "<!everyone> could somebody help me with the export",
        "<!here> need a review on <https://git.example/2>, needs a review before I can go on",
        "hi <!here>, anyone available to look at the flaky test?",
        "@here could someone check the numbers for the Vienna report",
        "<!here> can you please review the spec I sent yesterday",
        "<!channel> looking for someone to pair on the migration",
        "<!here> we need two testers for the new checkout",
        "<!here> I need the logo as SVG for the booth",
        "<!channel> can one of you take over my on-call on Sunday?",
        "<!here> could you have a look at <https://git.example/3>, it is small",
    ],
)
def test_work_for_one_that_is_asked_of_all_is_found(text: str) -> None:
    assert Rule.BROADCAST in rules(situation(text))


@pytest.mark.parametrize(
    "text",
    [
        "<!channel> fire drill at 11:00. Take the stairs, meet at the bike stands.",
        "<!here> the building's wifi password has changed, the new one is on the whiteboard",
        "<!channel> Please note the Lisbon office is closed on Monday",
        "<!channel> please update your laptops by Friday, see the mail",
        "<!here> reminder: could everyone please submit their hours",
        "<!channel> Could you all put the build number in bug reports?",
        "<!here> prod is down, who is on call?",
        "<!here> checkout returns 503, can someone look?",
        "<!here> outage in Frankfurt, who can join the bridge",
        "<!channel> our keys are in a public repo, can anyone with root call me",
        "<!here> can someone let me in right now, it's raining",
        "<!here> who wants to join for lunch?",
        "<!here> has anyone seen my umbrella?",
        "<!channel> there's cake in the kitchen, help yourselves",
        "<!here> standup in 5",
        "<!channel> release 3.1 is out, thanks everybody",
        "<!channel> We're hiring, please share the ad with your friends",
        "please don't wake all of us with `<!here>` for a review, can you?",
        "&gt; <!here> can someone review my PR?\nasking again in the thread is fine",
        "can someone review my PR? <https://git.example/1>",
    ],
)
def test_announcements_drills_and_incidents_may_reach_all(text: str) -> None:
    assert Rule.BROADCAST not in rules(situation(text))


def test_the_hint_quotes_what_is_asked() -> None:
    found = findings(situation("<!here> good morning. Can someone review <https://git.example/1>?"))
    assert found[Rule.BROADCAST].phrase == "Can someone review …?"


@pytest.mark.parametrize(
    ("channel", "text"),
    [
        ("general", "<@U0ANA0000> could you rotate the Mailgun key? It's in the log dump."),
        ("general", "Laptop is not working"),
        ("general", "my vpn doesn't work since the update"),
        ("general", "who can approve my PR for the invoice footer?"),
        ("general", "can someone review my pull request please"),
        ("general", "<@U0SAM0000> can you send me the Q3 report by Friday?"),
        ("random", "<@U0SAM0000> can you deploy the hotfix to staging?"),
        ("random", "could someone review my PR?"),
        ("random", "prod backup failed last night, can someone restart it?"),
        ("general", "<@U0ANA0000> can you check the invoice 4411? the VAT is wrong"),
        ("general", "can someone from finance approve my expense report"),
        ("general", "The VPN is down for me, anybody else?"),
        ("watercooler", "<@U0ANA0000> please send me the invoice for October"),
    ],
)
def test_work_asked_in_a_general_or_social_channel_is_found(channel: str, text: str) -> None:
    assert Rule.WRONG_CHANNEL in rules(situation(text, channel=channel))


@pytest.mark.parametrize(
    ("channel", "text"),
    [
        ("web-relaunch", "<@U0ANA0000> could you rotate the Mailgun key?"),
        ("general-eng", "<@U0ANA0000> could you rotate the Mailgun key?"),
        ("general", "good morning all"),
        ("general", "<!channel> the all-hands moves to Thursday 15:00"),
        ("general", "please submit your expense reports by Friday"),
        ("general", "We need two people for the booth in Lisbon. Please put your name below."),
        ("general", "whoever has my blue mug please bring it back"),
        ("general", "who is the right person to talk to about getting a second monitor"),
        ("general", "Is anybody going to the office on Wednesday? I forgot my headphones there"),
        ("general", "<@U0ANA0000> can you bring the cake at 3?"),
        ("general", "<@U0ANA0000> congrats on the release!"),
        ("general", "<@U0ANA0000> which version of the api do you use?"),
        ("general", "<@U0ANA0000> can you share your config?"),
        ("general", "does anyone know how to deploy this to a pi?"),
        ("general", "Laptop stickers are here, help yourselves"),
        ("general", "does anyone have a laptop charger for an hour?"),
        ("random", "quick question: is a hot dog a taco"),
        ("random", "can someone review my sourdough"),
        ("random", "<@U0TOM0000> can you please stop winning"),
        ("random", "my laptop is not working and neither am I"),
        ("random", "can anyone recommend a good spec fiction book"),
        ("pets", "<@U0ANA0000> can you send me a picture of the cat?"),
        ("lunch", "can someone order for me? I'm in a customer call"),
    ],
)
def test_what_belongs_there_is_left_alone(channel: str, text: str) -> None:
    assert Rule.WRONG_CHANNEL not in rules(situation(text, channel=channel))


def test_who_talks_there_already_may_be_asked() -> None:
    asked = "<@U0ANA0000> could you rotate the Mailgun key?"
    before = told((ANA, "the key is in the log dump"), (MEI, "oh no"))
    assert rules(situation(asked, channel="general", before=before)) == []
    assert rules(situation(asked, channel="general", before=before[1:])) == [Rule.WRONG_CHANNEL]


def test_a_reply_in_a_thread_of_a_general_channel_is_left_alone() -> None:
    asked = "<@U0ANA0000> could you rotate the Mailgun key?"
    assert rules(situation(asked, channel="general", thread="1.0")) == []


@pytest.mark.parametrize("kind", [ChannelKind.GROUP_DIRECT, ChannelKind.DIRECT])
@pytest.mark.parametrize(
    "text",
    [
        "How do we handle refunds for customers on the old contract?",
        "which branch do we deploy to staging on Friday?",
        "where is the config for the nightly export?",
        "can someone review the migration before we deploy it?",
        "why does the build on main take 40 minutes since Monday?",
    ],
)
def test_a_question_that_others_could_answer_belongs_in_a_channel(
    kind: ChannelKind, text: str
) -> None:
    assert rules(situation(text, kind=kind)) == [Rule.IN_PRIVATE]


@pytest.mark.parametrize(
    "text",
    [
        "are you coming to lunch before the release?",
        "how do we tell him that his contract ends? it's sensitive",
        "which salary numbers go into the report?",
        "which of the candidates do we invite for the release manager role?",
        "can you two review the slides for our meeting?",
        "build is green",
        "why?",
        "the customer says hi",
        "can we talk about my performance review and the report?",
        "where do we meet before the customer visit? my train is late",
        "where is the password for the staging database?",
    ],
)
def test_what_is_personal_or_between_those_people_stays_there(text: str) -> None:
    assert Rule.IN_PRIVATE not in rules(situation(text, kind=ChannelKind.GROUP_DIRECT))


@pytest.mark.parametrize("kind", [ChannelKind.PUBLIC, ChannelKind.PRIVATE])
def test_a_question_in_a_channel_is_not_private(kind: ChannelKind) -> None:
    text = "which branch do we deploy to staging on Friday?"
    assert rules(situation(text, kind=kind)) == []


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("AKIAIOSFODNN7EXAMPLE is the key, can you rotate it by Friday?", True),
        ("`password=hunter2`: can you reset the login for the vendor?", True),
        ("can you check the api key: 4f9a77c1 for the staging account?", True),
        ("can you revoke ghp_abcdefghij0123456789abcd in the repo?", True),
        ("can you add q9Zk3LmV7xT2bW8nR5cY1d to the config?", True),
        ("can you merge 4f9a77c1b2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7 to staging?", False),
        ("can you rotate the key of the staging account by Friday?", False),
        (
            "can you look at <https://d.io/d/1AbCdEfGhIjKlMnOpQrStUv|the report> for the vendor?",
            False,
        ),
        ("can you tell me why the token is expired on staging again?", False),
    ],
)
def test_whoever_shows_a_secret_is_not_sent_to_a_channel_with_it(text: str, *, shows: bool) -> None:
    assert shows_secret(text) is shows
    assert (Rule.IN_PRIVATE in rules(situation(text, kind=ChannelKind.DIRECT))) is not shows
