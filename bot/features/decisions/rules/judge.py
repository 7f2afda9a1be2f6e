"""The judge of labelled rows."""

from bot.core.evals import Row, ThreadRow, Verdict
from bot.core.talk import Line
from bot.features.decisions.rules.weighing import deciding_message


def judge(row: Row) -> Verdict:
    """Whether a labelled conversation settles something, and in which message. Raises RowUnfit."""
    thread = ThreadRow.read(row)
    lines = [Line(number, said.user, said.text, said.seconds) for number, said in thread.numbered()]
    index = deciding_message(lines)
    return {"has_decision": index is not None, "decision_index": index}
