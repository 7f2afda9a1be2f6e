"""Faults on request: what can go wrong between an app and Slack, so that tests can show it."""

from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(slots=True)
class MethodFault:
    """How the next `times` calls of a Web API method go wrong, or those `about` an id.

    They begin `after` so many that go well. `status` and `retry_after` shape an HTTP answer,
    `error` one of Slack's own; `delay` seconds pass before the call is carried out; `lose_answer`
    carries it out but cuts the connection; `commit_late` cuts it at once and carries the call out
    that many seconds later.
    """

    method: str
    about: str = ""
    after: int = 0
    times: int = 1
    status: int = 200
    retry_after: str | None = None
    error: str | None = None
    body: str | None = None
    delay: float = 0.0
    lose_answer: bool = False
    commit_late: float = 0.0


@dataclass(slots=True)
class Faults:
    """Everything that goes wrong at the moment."""

    methods: list[MethodFault] = field(default_factory=list)
    deliveries: int = 1
    """How often each event is delivered."""
    shuffle: bool = False
    """Whether events that wait together are delivered in another order."""
    hold: bool = False
    """Whether events wait until this is taken back."""
    drop_acks: int = 0
    """How many acknowledgements to ignore."""
    lose_acks: float = 0.0
    """Which share of all acknowledgements is ignored, at random."""

    def take(self, method: str, body: str) -> MethodFault | None:
        """The fault for this call, if there is one; it is used up after its `times`."""
        for fault in self.methods:
            is_meant = fault.method in {method, "*"} and fault.about in body
            if is_meant and fault.after > 0:
                fault.after -= 1
            elif is_meant and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def set(self, wanted: dict[str, Any]) -> None:
        """Replaces all faults. Raises TypeError for a name that is none."""
        fresh = Faults(**{name: value for name, value in wanted.items() if name != "methods"})
        fresh.methods = [MethodFault(**fault) for fault in wanted.get("methods", [])]
        for each in fields(self):
            setattr(self, each.name, getattr(fresh, each.name))
