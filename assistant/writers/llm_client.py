"""Language models by way of llama-index: an OpenAI-compatible server, or any integration that is installed."""

from __future__ import annotations

import logging
import queue
import threading
import time
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, NamedTuple

from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx
    from llama_index.core.llms import LLM, ChatResponse
    from pydantic import AnyHttpUrl

    from assistant.rendering.wording import Trouble
    from index.settings import Settings
    from prompts import Prompt

logger = logging.getLogger(__name__)

SILENCE = 20.0
"""Seconds that a model may fall silent once it writes; before that it reads and thinks, which may take all its time."""

UNFINISHED = ("length", "content_filter")
"""Reasons of the OpenAI protocol for which a server ends a reply that is not at its end."""


class ModelError(Exception):
    """A language model gave no reply that can be used; `status` is the HTTP status where the server sent one."""

    def __init__(self, trouble: Trouble, status: int | None = None) -> None:
        super().__init__(trouble, status)
        self.trouble = trouble
        self.status = status


class LanguageModel:
    """A chat model that streams its replies; threads may share it.

    `close` is called, in the thread that read a reply, once it is read or given up.
    """

    def __init__(
        self, llm: LLM, timeout: float, silence: float = SILENCE, close: Callable[[], None] = lambda: None
    ) -> None:
        self.llm = llm
        self.close = close
        self._timeout = timeout
        self._silence = silence

    def stream(self, prompt: Prompt, timeout: float | None = None) -> Iterator[str]:
        """Yield the reply to a prompt as it comes, without what a reasoning model thinks before it.

        `timeout` is what is allowed for this reply where that is less than for any.
        Raises ModelError where the server cannot be reached, reports an error, takes longer than the time allowed,
        falls silent, or ends before the reply does.
        """
        reading = _Reading(self.llm, prompt, self.close)
        try:
            yield from _without_thinking(reading.pieces(min(timeout or self._timeout, self._timeout), self._silence))
        finally:
            reading.stop()


class _End(NamedTuple):
    """The end of a reply, and the error that ended it."""

    error: BaseException | None


class _Reading:
    """A reply, read in a thread of its own: not every integration knows timeouts, and none a silence of its server."""

    def __init__(self, llm: LLM, prompt: Prompt, close: Callable[[], None]) -> None:
        self._llm = llm
        self._prompt = prompt
        self._close = close
        self._queue: queue.SimpleQueue[ChatResponse | _End] = queue.SimpleQueue()
        self._stopped = threading.Event()

    def pieces(self, timeout: float, silence: float) -> Iterator[str]:
        """Yield the pieces of the reply. Raises ModelError."""
        threading.Thread(target=self._read, daemon=True).start()
        deadline = time.monotonic() + timeout
        finish: str | None = "unknown"
        begun = False
        while True:
            left = max(deadline - time.monotonic(), 0)
            try:
                item = self._queue.get(timeout=min(left, silence) if begun else left)
            except queue.Empty:
                raise ModelError("silent" if begun and left > silence else "timeout") from None
            if isinstance(item, _End):
                break
            if time.monotonic() > deadline:
                raise ModelError("timeout")
            begun = begun or bool(item.delta)
            finish = _finish_reason(item, finish)
            yield item.delta or ""
        if item.error:
            raise _explained(item.error, begun=begun) from item.error
        if finish is None or finish in UNFINISHED:
            raise ModelError("cut")

    def stop(self) -> None:
        """Let the thread go home with the next piece that comes."""
        self._stopped.set()

    def _read(self) -> None:
        from llama_index.core.llms import ChatMessage

        messages = [
            ChatMessage(role="system", content=self._prompt.system),
            ChatMessage(role="user", content=self._prompt.user),
        ]
        with ExitStack() as ending:
            ending.push(lambda kind, error, trace: self._end(error))
            ending.callback(self._close)
            for response in self._llm.stream_chat(messages):
                self._queue.put(response)
                if self._stopped.is_set():
                    break

    def _end(self, error: BaseException | None) -> bool:
        """Hand on whatever error an integration raises: each has its own."""
        self._queue.put(_End(error))
        return True


def _finish_reason(response: ChatResponse, before: str | None) -> str | None:
    """Return why the server ended the reply, None while it has not; what was known before where it does not tell."""
    choices = getattr(response.raw, "choices", None)
    return choices[0].finish_reason if choices else before


def _explained(error: BaseException, *, begun: bool) -> ModelError:
    import httpx
    from openai import APIConnectionError, APITimeoutError

    logger.info("the language model failed: %s: %s", type(error).__name__, error)
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return ModelError("status", status)
    if isinstance(error, APITimeoutError | httpx.TimeoutException | TimeoutError):
        return ModelError("timeout")
    if isinstance(error, APIConnectionError | httpx.TransportError | ConnectionError):
        return ModelError("cut" if begun else "unreachable")
    return ModelError("rubbish" if isinstance(error, ValueError) else "failed")


THINKING = ("<think>", "</think>")


def _without_thinking(pieces: Iterator[str]) -> Iterator[str]:
    """Leave out what stands between the marks of thinking at the beginning, where a server passes it on."""
    begin, end = THINKING
    text = ""
    for piece in pieces:
        text += piece
        opening = text.lstrip()
        if opening.startswith(begin):
            opening = opening.partition(end)[2].lstrip()
            if not opening:
                continue
        elif begin.startswith(opening):
            continue
        yield opening
        yield from pieces
        return
    if not text.lstrip().startswith(begin):
        yield text


def open_model(settings: Settings) -> LanguageModel:
    """Return the language model that the settings name; raises SettingsError where they do not name one."""
    if settings.llm is None:
        raise SettingsError("no language model is set: name one with ISNAD_LLM, and its server with ISNAD_LLM_URL")
    try:
        if settings.llm_url:
            return _openai_like(settings.llm, settings.llm_url, settings)
        return LanguageModel(_integrated(settings.llm, settings), settings.llm_timeout)
    except ImportError as error:
        raise SettingsError(f"ISNAD_LLM is {settings.llm!r}: {error}; run `pip install 'isnad[llm]'`") from error
    except ValueError as error:
        raise SettingsError(f"ISNAD_LLM is {settings.llm!r}: {error}") from error


class _Response(threading.local):
    """The response that a thread reads.

    It is closed by hand: openai leaves the connection of a reply that is given up to the garbage collector.
    """

    _response: httpx.Response | None = None

    def keep(self, response: httpx.Response) -> None:
        self._response = response

    def close(self) -> None:
        if self._response:
            self._response.close()


def _openai_like(model: str, url: AnyHttpUrl, settings: Settings) -> LanguageModel:
    import httpx
    from llama_index.llms.openai_like import OpenAILike

    response = _Response()
    llm = OpenAILike(
        model=model,
        api_base=str(url),
        # Never None, for which the key of OPENAI_API_KEY would be sent, to whatever server.
        api_key=settings.llm_key.get_secret_value() if settings.llm_key else "none",
        is_chat_model=True,
        temperature=0.0,
        timeout=settings.llm_timeout,
        max_retries=0,
        http_client=httpx.Client(
            timeout=settings.llm_timeout,
            trust_env=not _is_loopback(url.host or ""),  # a proxy does not know this machine's servers
            limits=httpx.Limits(max_keepalive_connections=0),
            event_hooks={"response": [response.keep]},
        ),
    )
    return LanguageModel(llm, settings.llm_timeout, close=response.close)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _integrated(model: str, settings: Settings) -> LLM:
    """Return a model of the integration that stands before the colon, as in ``anthropic:claude-sonnet``."""
    from llama_index.core.llms import LLM

    integration, _, name = model.partition(":")
    if not name:
        raise ValueError(
            "set ISNAD_LLM_URL to the base URL of its server, as http://127.0.0.1:11434/v1, or name an integration "
            "of llama-index before it, as anthropic:NAME"
        )
    module = f"llama_index.llms.{integration.replace('-', '_')}"
    if not integration.replace("-", "_").isidentifier() or find_spec(module) is None:
        package = f"llama-index-llms-{integration.replace('_', '-')}"
        raise ValueError(
            f"ISNAD_LLM_URL is not set, and no integration {integration!r} is installed; set it to the base URL of "
            f"the model's server, or install {package}"
        )
    exported = vars(import_module(module))
    members = (exported[member] for member in exported.get("__all__", sorted(exported)))
    found = next((member for member in members if isinstance(member, type) and issubclass(member, LLM)), None)
    if found is None:
        raise ValueError(f"{module} holds no language model; name another integration")
    wanted: dict[str, Any] = {
        "model": name,
        "temperature": 0.0,
        "timeout": settings.llm_timeout,
        "request_timeout": settings.llm_timeout,
        "max_retries": 0,
        "api_key": settings.llm_key.get_secret_value() if settings.llm_key else None,
    }
    return found(**{key: value for key, value in wanted.items() if key in found.model_fields and value is not None})
