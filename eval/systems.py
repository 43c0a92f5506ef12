"""Systems other than this program's, asked the same questions of the same archive: a Python function, a chat server.

A reply becomes an `Answer` like any other: its citations are those of its citations that the archive holds
(`eval.cited`), the verdicts on its sentences are our verifier's, and a note says how many citations were found nowhere.
A reply that is empty, or that begins with ``NO_ANSWER``, declines. A fault, and a system that takes too long, is a
`BenchmarkError`, which the runner turns into that question's row.
"""

from __future__ import annotations

import sys
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from pydantic import AnyHttpUrl, ValidationError

from assistant.questions.follow_up import rewrite, stand_alone
from assistant.questions.languages import question_language
from assistant.rendering.wording import without_model
from assistant.types import Answer
from assistant.writers.llm_client import ModelError
from assistant.writers.llm_rewrite import LOOKED_BACK
from eval.cited import Cited, GivenAnswer, Lookup
from eval.run import AssistantSystem
from index.errors import BenchmarkError
from index.settings import load_settings
from index.types import Hit
from prompts import fence_for, load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from assistant.ask import Assistant
    from assistant.writers.llm_client import LanguageModel
    from eval.questions import Question
    from eval.run import System
    from index.types import Passage
    from prompts import Prompt

PASSAGES = 8
"""Passages that are sent along with a question, as many as the program's own language model reads."""

TIMEOUT = 120.0
"""Seconds that a system may take for an answer."""

REFUSAL = load("measured.en").front.refusal


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be asked: None is the program itself, a URL a chat server, anything else ``module:function``."""

    system: str | None = None
    model: str = "default"
    passages: int = PASSAGES
    timeout: float = TIMEOUT


def open_system(chosen: Chosen, assistant: Assistant) -> System:
    """Return the system that is to be asked about the archive of an assistant.

    The server's key is `ISNAD_SYSTEM_KEY`. Raises BenchmarkError where there is no such function, or the URL is none.
    """
    if chosen.system is None:
        return AssistantSystem(assistant)
    lookup = Lookup(assistant.archive, assistant.verifier)
    if not chosen.system.startswith(("http://", "https://")):
        return FunctionSystem(chosen.system, load_function(chosen.system), lookup, chosen.timeout)
    from assistant.writers.llm_client import open_model

    try:
        url = AnyHttpUrl(chosen.system)
    except ValidationError as error:
        raise BenchmarkError(f"'{chosen.system}' is no URL; give one as http://127.0.0.1:11434/v1") from error
    settings = load_settings(llm=chosen.model, llm_url=url, llm_timeout=chosen.timeout)
    # Its own key: that of the user's language model is sent to no other server.
    model = open_model(settings.model_copy(update={"llm_key": settings.system_key}))
    return ChatSystem(chosen.system, model, lookup, assistant, chosen.passages)


class FunctionSystem:
    """A Python function from a question and those before it to a text, or to what `isnad ask --json` prints.

    None, an empty text, one that begins with ``NO_ANSWER``, and an object without sentences decline. The function's
    thread is left behind where it takes longer than `timeout` seconds, since nothing can stop it.
    """

    def __init__(
        self, name: str, function: Callable[[str, list[str]], object], lookup: Lookup, timeout: float = TIMEOUT
    ) -> None:
        self.name = name
        self._function = function
        self._lookup = lookup
        self._timeout = timeout
        self._ranking: tuple[Hit, ...] | None = None

    def ask(self, question: Question) -> Answer:
        """Call the function, which is told of no filter. Raises BenchmarkError."""
        self._ranking = None
        started = perf_counter()
        call = _Call(self._function, question.text, list(question.history))
        call.start()
        call.join(self._timeout)
        seconds = perf_counter() - started
        if call.is_alive():
            raise BenchmarkError(f"'{self.name}' gave no answer within {self._timeout:g} s")
        if call.raised is not None:
            said = " ".join(str(call.raised).split())
            raise BenchmarkError(f"'{self.name}' failed: {type(call.raised).__name__}: {said}")
        return self._read(question.text, call.returned, seconds)

    def search(self, question: Question, text: str) -> tuple[Hit, ...] | None:
        """Return the passages that came with the last answer, None where none were stated."""
        return self._ranking

    def _read(self, text: str, returned: object, seconds: float) -> Answer:
        if returned is None or isinstance(returned, str):
            return _answer(text, returned or "", (), self._lookup, seconds)
        try:
            given = GivenAnswer.model_validate(returned)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"]))
            raise BenchmarkError(
                f"'{self.name}' returned neither a text nor an answer ({place}: {first['msg'].lower()})"
            ) from error
        answer = _cited_answer(
            text, self._lookup.read_answer(given), self._lookup.passages(given.passages or []), seconds, given.reason
        )
        self._ranking = None if given.passages is None else answer.passages
        return answer


class ChatSystem:
    """An OpenAI-compatible chat server, sent the best passages of our search with each question, or the question alone.

    A follow-up is searched for as our rules make it whole, and sent as it was asked, with the questions before it.
    """

    def __init__(
        self, name: str, model: LanguageModel, lookup: Lookup, assistant: Assistant, passages: int = PASSAGES
    ) -> None:
        self.name = name
        self._model = model
        self._lookup = lookup
        self._assistant = assistant
        self._passages = passages

    def ask(self, question: Question) -> Answer:
        """Send a question and read the reply; the seconds include our search. Raises BenchmarkError."""
        started = perf_counter()
        passages = [hit.passage for hit in self.search(question, question.text) or ()]
        try:
            reply = "".join(self._model.stream(_prompt(question, passages)))
        except ModelError as error:
            said = without_model(error.trouble, error.status, "en", quoted=False)
            raise BenchmarkError(f"'{self.name}': {said}") from error
        return _answer(question.text, reply, passages, self._lookup, perf_counter() - started)

    def search(self, question: Question, text: str) -> list[Hit] | None:
        """Return the passages that are sent along, None where the server is to find them itself."""
        if not self._passages:
            return None
        whole = rewrite(text, stand_alone(question.history)) or text
        return self._assistant.search(whole, question.filters, self._passages, speaker=question.speaker)


class _Call(threading.Thread):
    """A call in a thread of its own, and what came of it."""

    def __init__(self, function: Callable[[str, list[str]], object], text: str, history: list[str]) -> None:
        super().__init__(daemon=True)
        self.returned: object = None
        self.raised: BaseException | None = None
        self._call: Callable[[], object] = lambda: function(text, history)

    def run(self) -> None:
        with ExitStack() as ending:
            ending.push(self._keep)
            self.returned = self._call()

    def _keep(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        """Hand on whatever is raised: what a function of somebody else's may raise is not known."""
        self.raised = error
        return True


def load_function(name: str) -> Callable[[str, list[str]], object]:
    """Return the function that ``module:function`` names, from the current folder or the installed packages.

    Raises BenchmarkError where there is none.
    """
    module, _, member = name.partition(":")
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        found = getattr(import_module(module), member, None) if module and member else None
    except (ImportError, SyntaxError, ValueError) as error:
        raise BenchmarkError(f"cannot import '{module}': {error}; name a function as module:function") from error
    if not callable(found):
        raise BenchmarkError(f"'{name}' is no function; name one as module:function, or a server by its URL")
    return found  # type: ignore[no-any-return]  # what it returns is checked where it is called


def _prompt(question: Question, passages: Sequence[Passage]) -> Prompt:
    text = question.text
    earlier = [" ".join(asked.split()) for asked in question.history[-LOOKED_BACK:]]
    fence = fence_for([*(passage.text for passage in passages), *earlier, text])
    numbered = [
        f"[{number}]\nBEGIN {fence}\n{passage.text}\nEND {fence}" for number, passage in enumerate(passages, start=1)
    ]
    return load(f"measured.{question.language}").fill(
        fence=fence,
        passages="\n\n".join(numbered),
        history=" / ".join(earlier) or "–",
        question=" ".join(text.split()),
    )


def _answer(text: str, reply: str, passages: Sequence[Passage], lookup: Lookup, seconds: float) -> Answer:
    if not reply.strip() or reply.strip().startswith(REFUSAL):
        return _cited_answer(text, Cited((), 0), passages, seconds, None)
    return _cited_answer(text, lookup.read_text(reply, passages), passages, seconds, None)


def _cited_answer(text: str, cited: Cited, ranked: Sequence[Passage], seconds: float, reason: str | None) -> Answer:
    hits = tuple(Hit(passage, 1 / rank) for rank, passage in enumerate(ranked, start=1))
    notes = (f"{cited.lost} of its citations found nowhere in the archive",) if cited.lost else ()
    why = None if cited.sentences else reason or "The system gave no answer."
    return Answer(text, question_language(text), cited.sentences, why, hits, seconds, notes=notes)
