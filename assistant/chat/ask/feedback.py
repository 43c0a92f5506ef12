"""What readers think of answers: a line of JSON for each verdict, in a file of the archive's folder."""

from __future__ import annotations

import errno
import json
import os
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from assistant.rendering.answers import answer_json
from index.errors import ArchiveWriteError

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.chat.ask.turns import Turn
    from assistant.rendering.answers import Json

FILE = "feedback.jsonl"

Verdict = Literal["up", "down"]


def feedback_json(turn: Turn, verdict: Verdict, reason: str | None, time: datetime) -> Json:
    """Return a verdict on a turn, with the answer as `isnad ask --json` prints it."""
    return {
        "time": time.astimezone(UTC).isoformat(timespec="seconds"),
        "question": turn.answer.question,
        "language": turn.answer.language,
        "history": list(turn.history),
        "verdict": verdict,
        "reason": (reason or "").strip() or None,
        "answer": answer_json(turn.answer),
    }


_WRITING = threading.Lock()


def add_feedback(folder: Path, turn: Turn, verdict: Verdict, reason: str | None = None) -> None:
    """Append a verdict to the file in an archive's folder, in one write that has reached the disk on return.

    Threads and processes may do so at once. A second verdict on the same turn is a second line: of the lines whose
    question, history and answer are the same, the last one counts. Raises ArchiveWriteError where it cannot be written.
    """
    line = json.dumps(feedback_json(turn, verdict, reason, datetime.now(UTC)), ensure_ascii=False).encode() + b"\n"
    path = folder / FILE
    try:
        with _WRITING, path.open("ab+", buffering=0) as file:
            # What a full disk once cut off stays a line by itself.
            if file.tell() and os.pread(file.fileno(), 1, file.tell() - 1) != b"\n":
                line = b"\n" + line
            if file.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file.fileno())
    except OSError as error:
        raise ArchiveWriteError(f"cannot write '{path}': {error.strerror}; make room, or allow writing") from error
