"""Anger at people; not at things, not at oneself, no jokes, no quotes."""

import pytest

from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.reading import PHRASE
from tests.features.coach.talk import findings, rules, situation


@pytest.mark.parametrize(
    "text",
    [
        "this is ridiculous, who broke it AGAIN",
        "This is ridiculous. Nobody told us anything.",
        "Who broke staging AGAIN",
        "who the hell merged this without a review",
        "Did anyone even test this before shipping?",
        "did you even read the ticket?",
        "How hard can it be to answer a simple question?",
        "you never answer, how am I supposed to work like this",
        "<@U0ANA0000> you keep changing your mind and we pay for it",
        "this is your fault, you approved it",
        "Do your job.",
        "thanks for nothing",
        "Great job breaking the demo",
        "thanks a lot for not telling anybody",
        "I'm sick of cleaning up after your team",
        "I am tired of chasing people for answers",
        "I am so done with pretending that we work async.",
        "I'm so fed up with the excuses from marketing",
        "nobody here reads what I write",
        "what is wrong with you people",
        "why the hell would you delete that",
        "WHY IS NOBODY ANSWERING MY QUESTIONS",
        "STOP PUSHING TO MAIN WITHOUT TESTS",
        "you are completely incompetent",
        "they're idiots",
        "which genius changed the password",
        "That is so unprofessional.",
        "I'm really disappointed in this team",
        "stop wasting our time",
        "For the third time: the form goes to legal, not to me!",
        "how many times do I have to say this",
        "<@U0SAM0000> this is unacceptable, we had an agreement",
        "Seriously? You promised this for Monday.",
        "I'd rather not discuss here in public who was let go.",
        "shame on you",
        "so nice of you to tell us after the release",
        "are you kidding me? you promised the numbers for today",
        "stop blaming the support team",
        "Please stop merging to main without asking.",
        "I've already told you three times",
        "your code is always sloppy",
        "whoever wrote this should be fired",
        "we look like complete amateurs",
        "As usual nobody asked the people who do the work",
        "you guys never test anything",
        "they are too lazy to read the ticket",
    ],
)
def test_anger_at_people_is_found(text: str) -> None:
    assert Rule.HEATED in rules(situation(text))


@pytest.mark.parametrize(
    "text",
    [
        "this printer hates me",
        "this is ridiculous, npm takes 4 minutes",
        "the build is such a joke today",
        "ugh, I'm so stupid, forgot the semicolon",
        "I'm an idiot, sorry, wrong channel",
        "my fault, I broke it AGAIN",
        "stupid question, but why is this false?",
        "who broke the build? looking into it",
        "Who approved the invoice? I need a name for the form.",
        "who decided on the colours in the end?",
        "this is ridiculous, who broke it AGAIN :joy:",
        "you're the worst ;)",
        "haha you never learn",
        'customer writes: "this is ridiculous, you are all incompetent"',
        "&gt; you never answer\nshe has a point",
        "`what the hell are you doing` is the name of the band",
        "you never need to restart it",
        "you don't even need a config for that",
        "you can't even tell the difference, great work!",
        "you guys are the best",
        "thanks for the heads up",
        "great job everybody, what a launch",
        "nice work, thanks for not giving up",
        "I'm sick today, see you tomorrow",
        "I'm tired, good night",
        "I'm done with the slides",
        "so done with this week, time for a beer",
        "I'm so tired of this cold",
        "the new office is insanely loud",
        "insane numbers this quarter, congrats",
        "No joke: we hit 10k users",
        "HAPPY BIRTHDAY YOU ARE THE BEST",
        "SELECT NAME FROM USERS WHERE YOUR_ID IS NOT NULL",
        "READ ME FIRST BEFORE INSTALL",
        "for the third time this week the disk is full",
        "for the last time today: standup in 5",
        "how many times do we retry?",
        "how hard is it to migrate to 2.0?",
        "how hard would it be to change the colour?",
        "what the hell is a monad",
        "Nobody is to blame here. The test was skipped by me.",
        "it was out of line. I'll apologise in their channel first thing.",
        "nobody cares about the old flag any more, remove it",
        "the client says you are useless without the export",
        "shut up and take my money",
        "Please stop calling it 'the doc'.",
        "we should not discuss prices here, the customer is in this channel",
        "that would be unacceptable for the auditors",
        "a wrong default, which wastes a lot of time",
        "did you try to turn it off and on again?",
        "AGAIN: the door code is 4711",
        "can't wait!!",
        "who wants cake!!",
        "Who did this? It's brilliant!!",
        "you keep forgetting how fast you have become",
        "it's a shame we can't go",
        "not your fault, the docs are wrong",
        "the worst part is over",
        "you are crazy lucky",
        "it's never too late",
        "this is ridiculous, you have to restart it three times",
        "<@U0ANA0000> this is insane, npm takes 4 minutes",
        "nobody cares about IE any more",
        "if you're lazy you can just use the script",
        "the logs? they're useless",
        "how on earth do people use this editor",
        "why on earth would anyone need a mutex there",
        "what's wrong with your code is the missing comma",
        "ANYONE KNOW HOW TO FIX GRUB PLEASE",
        "WHY WON'T YOU COMPILE",
        "who pushed that amazing fix!!",
        "some idiot (me) deleted the tag",
        "AWS changed the prices, they screwed us",
        "what the hell are you talking about",
        "dumb terminal, no colours",
        "let's not talk about the weather here",
    ],
)
def test_venting_at_things_jokes_and_quotes_are_left_alone(text: str) -> None:
    assert Rule.HEATED not in rules(situation(text))


def test_a_long_outburst_is_quoted_from_where_it_flares() -> None:
    text = (
        "So after all the time that we spent on preparing the whole launch, with two people on "
        "holiday, I hear on Friday that nobody here reads what I write and it was for nothing"
    )
    phrase = findings(situation(text))[Rule.HEATED].phrase
    assert phrase.startswith("nobody here reads what I write")
    assert len(phrase) <= PHRASE
