"""Any sentence-transformers model as an encoder; the only home of sentence_transformers outside training."""

from __future__ import annotations

import json
import logging
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import numpy as np

from index.encoders.name import name_folder
from index.errors import EncoderError
from index.types import Backend, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

HUB_SECONDS = 10  # to wait for an answer
BATCH = 256  # texts at most
MEMORY_SHARE = 4  # a batch takes at most one part in so many of the memory that is free
MOST_MEMORY = 1 << 27  # bytes; larger batches pad more, make a processor no faster, and let progress jump
LETTERS = 2  # of a token: fewer than a vocabulary that was made for the language has on average
MODEL_FILES = ("modules.json", "config.json")  # a model's folder has one of them
LIBRARIES = ("sentence_transformers", "transformers", "huggingface_hub", "optimum")
RUNTIMES: dict[Backend, tuple[str, ...]] = {
    "torch": (),
    "onnx": ("onnxruntime", "optimum.onnxruntime"),
    "openvino": ("openvino", "optimum.intel.openvino"),
}
QUESTION_PROMPTS = ("query",)
PASSAGE_PROMPTS = ("document", "passage", "corpus")


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by folder or hub name; its prompts for questions and passages are used.

    A hub name may end in ``@revision``, a commit, tag or branch. A copy on this machine is used without asking the hub.
    Needs torch, imported on construction. It is pickled by its name and back end. Raises EncoderError when the model
    cannot be found or loaded.
    """

    def __init__(self, name: str, backend: Backend = "torch") -> None:
        _require(backend)
        folder = Path(name)
        self._made_of = (str(folder.absolute()) if folder.is_dir() else name, backend)
        if not folder.is_dir() and (folder.is_absolute() or name.startswith(".")):
            raise EncoderError(f"cannot load the embedding model '{name}': no such folder; give a folder or a hub name")
        with _quiet():
            self._model, self._name = _load_folder(folder, backend) if folder.is_dir() else _load_hub(name, backend)
            # A model whose last part does not say how wide its vectors are is asked for one.
            width = self._model.get_embedding_dimension() or self._model.encode([""]).shape[1]
        self._dimensions = int(width)

    def __reduce__(self) -> tuple[Any, ...]:
        return SentenceTransformerEncoder, self._made_of

    @property
    def name(self) -> str:
        """The folder's name and a hash of what it holds, or the hub name and the commit."""
        return self._name

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return self._dimensions

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], object] | None = None) -> Vectors:
        """Return one unit float32 row a text, shape (len(texts), dimensions)."""
        return self._encode(texts, "document", self._prompt(PASSAGE_PROMPTS), progress)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one unit float32 row a text, shape (len(texts), dimensions)."""
        return self._encode(texts, "query", self._prompt(QUESTION_PROMPTS), None)

    def _prompt(self, names: Sequence[str]) -> str:
        """Return the first prompt of these names that says something.

        sentence-transformers itself takes an empty "document" prompt, which it gives to every model, before "passage".
        """
        return next((prompt for name in names if (prompt := self._model.prompts.get(name))), "")

    def _encode(
        self, texts: Sequence[str], task: str, prompt: str, progress: Callable[[int], object] | None
    ) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        costs = [self._bytes(len(prompt) + len(text)) for text in texts]
        for places in batches(costs, min(_free_memory() // MEMORY_SHARE, MOST_MEMORY)):
            rows[places] = self._model.encode(
                [texts[place] for place in places],
                prompt=prompt,
                batch_size=len(places),
                show_progress_bar=False,
                normalize_embeddings=True,
                task=task,  # a model with a part for each is routed by it
            )
            if progress:
                progress(len(places))
        return rows

    def _bytes(self, letters: int) -> int:
        """Return about how much memory a text takes at its widest, within a layer.

        A token takes its query, key, value, output and two sums, each as wide as the model, and twice a feed-forward
        layer four times as wide: 14 widths. In every attention head it also takes two numbers for each token of the
        text. A number is 4 bytes.
        """
        config = self._model.config
        width = getattr(config, "hidden_size", self.dimensions)
        heads = getattr(config, "num_attention_heads", 0)
        tokens = min(letters // LETTERS + 2, self._model.max_seq_length or letters + 2)
        return int(4 * tokens * (14 * width + 2 * heads * tokens))


def batches(costs: Sequence[int], memory: int) -> Iterator[list[int]]:
    """Yield the places of texts that are encoded together: the longest first, like beside like, as that pads the least.

    Every text of a batch takes as much memory as its longest. A batch holds one text at least and `BATCH` at most.

    Args:
        costs: what each text takes, in bytes.
        memory: what a batch may take, in bytes.
    """
    places = sorted(range(len(costs)), key=lambda place: -costs[place])
    start = 0
    while start < len(places):
        size = min(max(memory // costs[places[start]], 1), BATCH)
        yield places[start : start + size]
        start += size


def _free_memory() -> int:
    """Return how many bytes can be taken without swapping; where the system does not tell, a quarter of all."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4


# Loading


def _require(backend: Backend) -> None:
    """Raise EncoderError where a back end is not installed: sentence-transformers would raise a bare Exception."""
    try:
        for module in RUNTIMES[backend]:
            import_module(module)
    except ImportError as error:
        raise EncoderError(
            f"the back end '{backend}' cannot be used: {_first_line(error)}; "
            f"run `pip install 'sentence-transformers[{backend}]'`, or set ISNAD_BACKEND to torch"
        ) from error


def _load_folder(folder: Path, backend: Backend) -> tuple[SentenceTransformer, str]:
    """Return the model of a folder, and its name."""
    if not any((folder / file).is_file() for file in MODEL_FILES):
        raise EncoderError(
            f"cannot load the embedding model '{folder}': it holds neither {' nor '.join(MODEL_FILES)}; "
            "give the folder of a sentence-transformers model"
        )
    with _clear_errors(str(folder), "check the folder"):
        _check_json(folder)
        return _construct(str(folder), backend), name_folder(folder)


def _check_json(folder: Path) -> None:
    """Raise ValueError, naming the file, where one is not JSON; tokenizers, for one, would raise a bare Exception."""
    for file in (*folder.glob("*.json"), *folder.glob("*/*.json")):
        try:
            json.loads(file.read_bytes())
        except ValueError as error:
            raise ValueError(f"'{file.relative_to(folder)}' is not JSON") from error


def _load_hub(name: str, backend: Backend) -> tuple[SentenceTransformer, str]:
    """Return the model of a hub name, from this machine where it is here and whole, and its name."""
    repository, _, revision = name.partition("@")
    with _clear_errors(name, "check the name and the network, or give the folder of a copy"):
        model = _load_copy(repository, revision, backend)
        if model is None:
            _reach_hub()
            model = _construct(repository, backend, revision=revision or None)
        copy = _find_copy(repository, revision)
    return model, f"{repository}@{copy.name}" if copy else name


def _load_copy(repository: str, revision: str, backend: Backend) -> SentenceTransformer | None:
    """Return a hub's model from its files on this machine; None where there are none or not all."""
    if copy := _find_copy(repository, revision):
        with suppress(OSError, ValueError):  # what a download that was cut short leaves is told in either way
            return _construct(str(copy), backend)
    return None


def _construct(place: str, backend: Backend, revision: str | None = None) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    is_here = Path(place).is_dir()
    model = SentenceTransformer(place, device="cpu", backend=backend, revision=revision, local_files_only=is_here)
    # Half precision is slow on a processor, and makes the zero vector of an empty text not a number.
    return model.float()


def _find_copy(repository: str, revision: str) -> Path | None:
    """Return where the hub's files of a model lie on this machine, a folder named by the commit; None if nowhere."""
    from huggingface_hub import try_to_load_from_cache

    cache = os.environ.get("SENTENCE_TRANSFORMERS_HOME")  # where sentence-transformers looks, if it is set
    for name in (repository, f"sentence-transformers/{repository}")[: 1 if "/" in repository else 2]:
        for file in MODEL_FILES:
            found = try_to_load_from_cache(name, file, cache_dir=cache, revision=revision or None)
            if isinstance(found, str):
                return Path(found).parent
    return None


def _reach_hub() -> None:
    """Raise OSError when the hub does not answer: its own client would try again for more than a minute."""
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        raise OSError("no whole copy here, and HF_HUB_OFFLINE forbids fetching one")
    try:
        urlopen(Request(constants.ENDPOINT, method="HEAD"), timeout=HUB_SECONDS).close()
    except HTTPError:
        return
    except OSError as error:
        reason = getattr(error, "reason", error)
        raise OSError(f"no whole copy here, and the hub {constants.ENDPOINT} cannot be reached ({reason})") from error


@contextmanager
def _clear_errors(name: str, remedy: str) -> Iterator[None]:
    """Turn what the libraries raise while loading into the error that the user reads."""
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError
    from safetensors import SafetensorError

    try:
        yield
    except (OSError, ValueError, LookupError, RuntimeError, TypeError, ImportError, SafetensorError) as error:
        reason = _first_line(error)
        match error:
            case GatedRepoError():
                reason = "the hub gives it only to those who asked for it there"
            case RepositoryNotFoundError():
                reason = "the hub has no such model, or keeps it private"
            case RevisionNotFoundError():
                reason = "the hub has the model, but not that revision"
            case ImportError():
                remedy = "install what it needs"
            case ValueError() if "trust_remote_code" in str(error):
                reason, remedy = "it brings code of its own, which Isnad does not run", "choose a model without"
        raise EncoderError(f"cannot load the embedding model '{name}': {reason}; {remedy}") from error


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".:")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' remarks and bars off the terminal while loading; downloads still show theirs."""
    from transformers.utils import logging as transformers_logging

    loggers = [logging.getLogger(name) for name in LIBRARIES]
    levels = [logger.level for logger in loggers]
    had_bars = transformers_logging.is_progress_bar_enabled()
    try:
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
        if had_bars:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]
