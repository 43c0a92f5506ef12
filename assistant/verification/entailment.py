"""An entailment model from the hub as a second opinion: a cross-encoder trained on natural language inference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from index.errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Mapping

Verdict = Literal["entailment", "neutral", "contradiction"]


class Entailment:
    """A sentence-transformers cross-encoder that tells entailed, neutral and contradicted sentences apart.

    `name` is a folder or a hub name. Needs torch, imported on construction. Raises EncoderError where the model cannot
    be found or loaded, or does not name those three verdicts.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        if not Path(name).is_dir() and (Path(name).is_absolute() or name.startswith(".")):
            raise EncoderError(f"cannot load the entailment model '{name}': no such folder; correct ISNAD_NLI")
        try:
            self._model = CrossEncoder(name, device="cpu")
        except (OSError, ValueError, KeyError) as error:
            reason = " ".join(str(error).split())[:200]
            raise EncoderError(f"cannot load the entailment model '{name}': {reason}; correct ISNAD_NLI") from error
        self._verdicts = _verdicts(name, self._model.config.id2label)

    def judge(self, evidence: str, sentence: str) -> Verdict:
        """Return whether evidence entails a sentence, contradicts it, or does neither."""
        scores = self._model.predict([(evidence, sentence)], show_progress_bar=False, convert_to_numpy=True)
        return self._verdicts[int(scores[0].argmax())]


def _verdicts(name: str, labels: Mapping[int, str]) -> dict[int, Verdict]:
    """Return which verdict each output of a model is."""
    found: dict[int, Verdict] = {
        number: verdict
        for number, label in labels.items()
        for verdict in get_args(Verdict)
        if label.lower().startswith(verdict[:6])
    }
    if set(found.values()) != set(get_args(Verdict)):
        raise EncoderError(
            f"the entailment model '{name}' gives {', '.join(labels.values())}; one that tells entailment, neutral and "
            "contradiction is needed"
        )
    return found
