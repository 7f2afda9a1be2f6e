"""The judges of labelled rows: a message, and a conversation."""

from bot.core.evals import MessageRow, QuestionRow, Row, Said, Verdict
from bot.core.talk import Line
from bot.features.asks.rules.conversation import answer_index
from bot.features.asks.rules.wording import expects_reply, sounds_urgent


def judge_message(row: Row) -> Verdict:
    """Whether a labelled message waits for an answer, and whether it presses. Raises RowUnfit."""
    message = MessageRow.read(row)
    said_before = [said.text for said in message.prev]
    return {
        "expects_reply": expects_reply(message.text, said_before),
        "urgent": sounds_urgent(message.text),
    }


def judge_thread(row: Row) -> Verdict:
    """Which message of a labelled conversation answers the question. Raises RowUnfit."""
    thread = QuestionRow.read(row)
    lines = [_line(number, said) for number, said in thread.numbered()]
    after = {number for number, _ in thread.after_question()}
    start = next((place for place, line in enumerate(lines) if line.number in after), len(lines))
    return {"answer_index": answer_index(lines, start, asker=thread.asker, asked=thread.asked)}


def _line(number: int, said: Said) -> Line:
    return Line(number, said.user, said.text, said.seconds)
