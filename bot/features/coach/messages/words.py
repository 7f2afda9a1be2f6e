"""What each rule of the coach says: its hint, why it matters, and an example that needs no hint."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.features.coach.rules.catalogue import Part, Rule


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one rule. `hint` quotes the author's words at {phrase}."""

    hint: str
    why: str
    example: str


WORDS: Final[Mapping[Rule, Words]] = {
    Rule.HEATED: Words(
        "“{phrase}” may land harder than you mean it. Talk to them, or sleep over it? It can still "
        "be edited or deleted.",
        "Without a voice and a face, words read colder than they were meant, and they stay.",
        "The deploy broke checkout again, and I am annoyed. Can we talk tomorrow about how it "
        "got through the review?",
    ),
    Rule.NAKED_HELLO: Words(
        "“{phrase}” is all there is to answer so far. With what it is about and what you need, "
        "the answer can be there when you next look.",
        "Across time zones, a hello and a hello back can take a day before the question is asked.",
        "Hi! The signup page has been timing out since yesterday, log: (link). Can you look "
        "at the pool size before Thursday? I would set it to 20.",
    ),
    Rule.VAGUE_ASK: Words(
        "“{phrase}” leaves open what you need. The question itself can be answered right away.",
        "Whoever reads this can only ask back, and the answer starts one round later.",
        "Question about the CRM export: does “last touched” include automated mails? I need it "
        "for Friday's report.",
    ),
    Rule.BARE_PROBLEM: Words(
        "“{phrase}” says that something is wrong, and not yet what you saw or tried.",
        "The error's own words and what you tried save the first round of questions.",
        "`tool init` on Windows 11 stops with `WinError 1314`. As admin it works. Is there a way "
        "without admin rights?",
    ),
    Rule.MISSING_LINK: Words(
        "“{phrase}” points to something that is not linked here.",
        "A link costs you five seconds, and everybody who reads it saves a search.",
        "Could somebody review (link to #918)? Only `routes/compat.py` needs real eyes.",
    ),
    Rule.NOBODY_ASKED: Words(
        "“{phrase}” is for anybody, so perhaps for nobody. With one name it is somebody's.",
        "What is asked of everybody waits for somebody else; one name makes it clear, and they "
        "can pass it on.",
        "@Priya, could you restart the nightly import before 18:00? If it is not yours, whose?",
    ),
    Rule.QUICK_CALL: Words(
        "“{phrase}”: if an answer is what you need, write the question, and they can answer in "
        "their own time.",
        "A call needs two people at one time, and leaves nothing for the others to read. It is "
        "worth it for discussions, for people, and for what is delicate.",
        "I cannot tell whether we bill per seat or per team in the trial. I would go with per "
        "team. Is that right? I need it by Wednesday.",
    ),
    Rule.BROADCAST: Words(
        "“{phrase}” notifies everybody at once. For work, a name or the team's handle is enough.",
        "An @here interrupts people in every time zone; after a few of them nobody looks.",
        "@infra, could one of you delete the tag `api:latest-broken` today? Every build is red.",
    ),
    Rule.WRONG_CHANNEL: Words(
        "“{phrase}” is work, and this channel is for everybody or for company. In the team's own "
        "channel it is seen by those who can do it, and found again.",
        "People leave busy general channels; what is asked there gets lost.",
        "In #payments: @Ivo could you rotate the Mailgun key before tomorrow? It is in a log dump.",
    ),
    Rule.IN_PRIVATE: Words(
        "“{phrase}” could be of use to others, too. In a channel somebody else may know it, and "
        "the answer can be found again.",
        "What is answered in private is asked again by the next one. What is personal or "
        "confidential belongs here.",
        "In #data: which of the two revenue tables is the one we report from?",
    ),
    Rule.UNTHREADED_REPLY: Words(
        "“{phrase}” reads like a reply. In the thread it stands where people look for it.",
        "Beside its thread a reply is read without what it is about, and breaks up what others "
        "talk about.",
        "Use “Reply in thread” below the message.",
    ),
    Rule.NO_DATE: Words(
        "You wait for this (“{phrase}”), and it does not say by when. With a time it can be "
        "planned for.",
        "Without a time, urgent means now to some and next week to others.",
        "This blocks the sync: do we store the vendor's ids or ours? I need it by Thursday noon, "
        "else I go with ours.",
    ),
    Rule.OFF_HOURS: Words(
        "“{phrase}” arrives outside their day; their time to answer starts when it begins.",
        "Whoever sees a message at night feels asked to answer. Written in Baton's form (`/ask`) "
        "it can wait and go out when their day begins.",
        "In the form, at “When?”, choose “When their working day begins”.",
    ),
    Rule.BACK_AND_FORTH: Words(
        "The two of you have written back and forth for a while. A short talk may settle it; what "
        "you agree on can then stand here.",
        "After a dozen rounds most of the time goes into waiting for each other.",
        "Shall we talk for ten minutes? Agenda: (the points that are open). I write down what we "
        "decide.",
    ),
}

MISSING: Final[Mapping[Part, str]] = {
    Part.CONTEXT: "the context: what it is about, what you saw and tried, with a link",
    Part.QUESTION: "the question: what you want to know, or to be done",
    Part.LINK: "the link",
    Part.WHOM: "whom you ask",
    Part.DATE: "by when you need it",
}
DISCUSSION: Final = (
    "“{phrase}”: a discussion may well need a call. Write the question and what you propose first; "
    "what is still open then is the agenda."
)
"""The hint for a wish to talk that may be a discussion."""
