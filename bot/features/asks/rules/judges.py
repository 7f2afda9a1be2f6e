"""Judges labelled rows by the rules of this feature."""

from bot.core.evals import MessageRow, QuestionRow, Row, Verdict
from bot.features.asks.rules import wording


def judge_message(row: Row) -> Verdict:
    """Whether a labelled message is an ask, and whether it presses. Raises RowUnfit."""
    text = MessageRow.read(row).text
    return {"expects_reply": wording.expects_reply(text), "urgent": wording.sounds_urgent(text)}


def judge_thread(row: Row) -> Verdict:
    """Which message of a labelled conversation would close the ask. Raises RowUnfit."""
    thread = QuestionRow.read(row)
    closing = (number for number, said in thread.after_question() if said.user != thread.asker)
    return {"answer_index": next(closing, None)}
