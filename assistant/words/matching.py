"""How well a word of a question is said by a word of an article, within and across the two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assistant.words.gazetteer import same_entity
from assistant.words.names import name_similarity, same_spelling
from assistant.words.vocabulary import MOST_FORMS, MOST_WORDS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.words.vocabulary import Known, Word, WordEncoder
    from index.types import Vectors

    _Names = tuple[NDArray[np.bool_], NDArray[np.bool_]]

UNRELATED, SAME = 0.2, 0.55
"""Cosines of two words' vectors below which they share nothing, and above which one says the other.

Nine in ten words find none above 0.26 among 40 words of another text, in each of the four directions.
"""

SOUNDS_ALIKE = 0.8
"""Similarity of sound from which two spellings are taken for one name."""

SAME_ROOT = 0.6
"""Grade of two Arabic words of the same consonants, such as a broken plural and its singular: زعيم، زعماء."""

TELLING = 125.0
"""Norm of a word's vector from which it counts in full; function words have a quarter to a third of it."""

LEAST_TELLING = 0.2
"""What a word counts that tells least."""


class Matcher:
    """Grades word pairs from 0 (unrelated) to 1 (the same), and weighs words by how much they tell.

    Two words match by stem, by spelling or sound (names), by the country or body that they name, or by the cosine of
    their vectors in the bundled model, the best of their forms. Threads may share it. `most_words` are the words whose
    vectors are kept.
    """

    def __init__(self, encoder: WordEncoder, most_words: int = MOST_WORDS) -> None:
        self._vocabulary = Vocabulary(encoder, most_words)

    def weights(self, words: Sequence[str]) -> Vectors:
        """Return how much each word tells, 0.2 to 1, shape (len(words),), by the norm that training gave its vector."""
        (known,) = self._vocabulary.look_up(words)
        own = known.facts["forms"][:, 0]
        weights: Vectors = np.clip(known.norms[own] / TELLING, LEAST_TELLING, 1.0)
        return weights

    def grades(
        self,
        question: Sequence[str],
        article: Sequence[str],
        names: Container[str] = (),
        *,
        by_meaning: bool = True,
        cosines: tuple[float, float] = (UNRELATED, SAME),
    ) -> Vectors:
        """Return how well each question word is said by each article word, shape (len(question), len(article)).

        `names` are the Latin words, of either side, that are written as names: they are compared by sound with Arabic
        ones. Without `by_meaning` the vectors have no say; with it `cosines` are those that 0 and 1 stand for. All
        words are folded.
        """
        if not question or not article:
            return np.zeros((len(question), len(article)), np.float32)
        asked, given = self._vocabulary.look_up(question, article)
        named, written = (np.array([word.text in names for word in known.words], np.bool_) for known in (asked, given))
        graded = np.zeros((len(question), len(article)), np.float32)
        if by_meaning:
            graded = _by_meaning(asked, given, *cosines)
            # The pieces of a name mean nothing in its own script: Texaco is near co.
            graded[(named & asked.facts["pieced"])[:, None] & ~given.facts["arabic"]] = 0.0
            # 2016 is near 16 in meaning, and is another number.
            graded[asked.facts["figure"][:, None] & given.facts["figure"]] = 0.0
        _raise_by_letters(graded, asked, given)
        empty = given.facts["empty"] & ~(given.facts["entity"] & written)  # U.S. is not us
        graded[:, empty] = 0.0
        open_pairs = (graded < 1.0) & ~empty
        _set_by_entity(graded, open_pairs, asked, given)
        # Names that are no country or body, on either side.
        own_names = named & ~asked.facts["entity"], written & ~given.facts["entity"]
        _part_names(graded, open_pairs, asked, given, own_names)
        _raise_by_spelling(graded, open_pairs, asked, given)
        _raise_by_sound(graded, open_pairs, asked, given, own_names)
        return graded


def _by_meaning(asked: Known, given: Known, unrelated: float, same: float) -> Vectors:
    """Grade by the cosine of the nearest two forms; two that are only spelt out share letters and no meaning."""
    rows, columns = asked.facts["forms"], given.facts["forms"]
    # Words share forms: each is multiplied once, however many words have it.
    forms, places = np.unique(columns, return_inverse=True)
    cosines = asked.units[rows.ravel()] @ given.units[forms].T
    cosines[np.ix_(asked.spelt[rows.ravel()], given.spelt[forms])] = 0.0
    nearest = cosines.reshape(len(rows), MOST_FORMS, -1).max(axis=1)
    nearest = nearest[:, places.reshape(columns.shape)].max(axis=2)
    graded: Vectors = np.clip((nearest - unrelated) / (same - unrelated), 0.0, 1.0)
    return graded


def _raise_by_letters(graded: Vectors, asked: Known, given: Known) -> None:
    """Raise the grades of words with one stem, and of Arabic words with one root."""
    same_root = _equal("root", asked, given) & (given.facts["root"] != 0)
    graded[same_root] = np.maximum(graded[same_root], SAME_ROOT)
    graded[_equal("stem", asked, given)] = 1.0


def _equal(field: str, asked: Known, given: Known) -> NDArray[np.bool_]:
    return np.asarray(asked.facts[field][:, None] == given.facts[field], np.bool_)


def _set_by_entity(graded: Vectors, pairs: NDArray[np.bool_], asked: Known, given: Known) -> None:
    """Grade words that both name a country or a body by that alone: vectors take neighbours for one another."""
    both = asked.facts["entity"][:, None] & given.facts["entity"]
    for row, column, first, second in _each(pairs & both, asked, given):
        graded[row, column] = max(same_entity(first.core, second.core), same_entity(first.text, second.text))


def _part_names(graded: Vectors, pairs: NDArray[np.bool_], asked: Known, given: Known, names: _Names) -> None:
    """Let no name say a country or a body but by its sound: Idlib stands in like texts as Libya."""
    both = names[0][:, None] & given.facts["entity"]
    both |= asked.facts["entity"][:, None] & names[1]
    graded[pairs & both] = 0.0


def _raise_by_spelling(graded: Vectors, pairs: NDArray[np.bool_], asked: Known, given: Known) -> None:
    """Raise the grades of Arabic words that spell one name: the script leaves vowels to the writer."""
    both = asked.facts["arabic"][:, None] & given.facts["arabic"]
    for row, column, first, second in _each(pairs & both, asked, given):
        if same_spelling(first.core, second.core):
            graded[row, column] = 1.0


def _raise_by_sound(graded: Vectors, pairs: NDArray[np.bool_], asked: Known, given: Known, names: _Names) -> None:
    """Raise the grades of a Latin name, no country's, and an Arabic word that sound alike.

    Countries are known by their Arabic names, and sound like other words: Turkey like طرق, ways; Araqchi is no Iraqi.
    """
    across = ~_equal("arabic", asked, given)
    country = [one.facts["arabic"] & one.facts["entity"] for one in (asked, given)]
    across &= ~(country[0][:, None] & ~given.facts["entity"]) & ~(~asked.facts["entity"][:, None] & country[1])
    sounds = (asked.facts["arabic"] | names[0])[:, None] & (given.facts["arabic"] | names[1])
    for row, column, first, second in _each(pairs & across & sounds, asked, given):
        latin, arabic = (first, second) if second.arabic else (second, first)
        if any(name_similarity(latin.text, form) >= SOUNDS_ALIKE for form in {arabic.text, arabic.core}):
            graded[row, column] = 1.0


def _each(pairs: NDArray[np.bool_], asked: Known, given: Known) -> Iterator[tuple[int, int, Word, Word]]:
    """Yield the places of the true pairs and their two words."""
    rows, columns = np.nonzero(pairs)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        yield row, column, asked.words[row], given.words[column]
