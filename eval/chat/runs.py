"""The run of a question set: one at a time for everybody, in a thread of its own, stored once it is finished."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from eval.judges import confidence_by_verifier, judge_by_verifier
from eval.provenance import program_commit
from eval.run import AssistantSystem, Report, run
from index.errors import IsnadError

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from eval.chat.sets import QuestionSet
    from eval.chat.stored import Stored
    from eval.questions import Located

PATIENCE = 10.0
"""Seconds that the question being asked is waited for when the program ends."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How a run stands: `name` is that of its report once it is finished, `reason` why it failed, if that is known."""

    owner: str | None
    set: str
    total: int
    drafts: int
    done: int = 0
    state: Literal["asking", "finished", "failed", "stopped"] = "asking"
    name: str | None = None
    reason: str | None = None


class Runs:
    """Asks one set at a time. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.progress: Progress | None = None

    def begin(
        self,
        chosen: QuestionSet,
        located: Sequence[Located],
        assistant: Assistant,
        stored: Stored,
        owner: str | None,
    ) -> bool:
        """Begin to ask a set; False where one is being asked already."""
        with self._lock:
            if self.is_asking:
                return False
            self._stop.clear()
            self.progress = Progress(owner, chosen.name, len(located), chosen.drafts)
            work = (chosen, located, assistant, stored)
            self._thread = threading.Thread(target=self._run, args=work, name="evaluation", daemon=True)
            self._thread.start()
            return True

    @property
    def is_asking(self) -> bool:
        """Whether a set is being asked."""
        return self.progress is not None and self.progress.state == "asking"

    def stop(self) -> None:
        """Stop after the question that is being asked; nothing is stored."""
        self._stop.set()

    def close(self) -> None:
        """Stop, and wait until nothing is asked any more."""
        self.stop()
        if self._thread:
            self._thread.join(PATIENCE)

    def _run(self, chosen: QuestionSet, located: Sequence[Located], assistant: Assistant, stored: Stored) -> None:
        state: Literal["finished", "failed", "stopped"] = "failed"
        name = reason = None
        try:
            report = self._asked(chosen, located, assistant)
            if len(report.rows) < len(located):
                state = "stopped"
            else:
                name = stored.add(chosen.name, report)
                state = "finished"
        except IsnadError as error:
            reason = str(error)
        finally:  # also after a fault of the program, which the terminal shows
            self._tell(state=state, name=name, reason=reason)

    def _asked(self, chosen: QuestionSet, located: Sequence[Located], assistant: Assistant) -> Report:
        from assistant.verification.verify import Verifier

        # By itself, as for `isnad eval`: another model may have the assistant's ear.
        verifier = Verifier(assistant.model)
        asked = run(
            self._counted(located),
            AssistantSystem(assistant),
            {"verifier": judge_by_verifier(verifier)},
            confidence_by_verifier(verifier),
        )
        return replace(asked, commit=program_commit(), sets={chosen.name: chosen.digest})

    def _counted(self, located: Sequence[Located]) -> Iterator[Located]:
        for done, one in enumerate(located):
            if self._stop.is_set():
                return
            self._tell(done=done)
            yield one
        self._tell(done=len(located))

    def _tell(self, **changed: object) -> None:
        assert self.progress is not None
        self.progress = replace(self.progress, **changed)  # type: ignore[arg-type]  # fields by their names
