"""The sentences and statements that are chosen for an answer, and which of them say or name nothing new. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.evidence.copies import repeats, wording_of
from assistant.types import Citation
from assistant.words.names import same_spelling
from index.text import tokens

if TYPE_CHECKING:
    from assistant.evidence.answering import Answering
    from index.types import Article


ENOUGH_NAME = 0.34
"""Share of the articles that name the holder of an office whom most name, from which another one counts as well."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A sentence or statement chosen for the answer."""

    article: Article
    start: int
    end: int
    speaker: str | None
    score: float
    asked_as: str | None = None  # how the question names the speaker, where the article is in the other script
    asked_for: tuple[tuple[int, int], ...] = ()
    also: tuple[Article, ...] = ()

    @property
    def words(self) -> tuple[Article, str]:
        """The words, with their article."""
        return self.article, self.article.text[self.start : self.end]

    def lies_within(self, other: Pick) -> bool:
        """Tell whether this run is a part of the other one, and not all of it."""
        ours, theirs = (self.start, self.end), (other.start, other.end)
        return self.article is other.article and theirs[0] <= ours[0] and ours[1] <= theirs[1] and ours != theirs

    @property
    def citation(self) -> Citation:
        """The citation of the run."""
        return Citation(self.article, self.start, self.end, self.speaker, self.asked_for, also=self.also)

    @classmethod
    def of(cls, answering: Answering) -> Pick:
        """Choose a sentence that answers, with what is asked for in it."""
        page, number = answering.covered.page, answering.number
        start, end = page.sentences[number]
        asked_for = tuple((start + first, start + last) for first, last in answering.asked_for)
        return cls(page.article, start, end, page.speaker(number), answering.score, asked_for=asked_for)


def best_of(picks: list[Pick], share: float = 0.0) -> list[Pick]:
    """Return the picks that have that share of the best one's score, the best first; any score where it is 0."""
    picks = sorted(picks, key=lambda pick: -pick.score)
    return [pick for pick in picks if not share or pick.score >= share * picks[0].score]


def within(picks: list[Pick], margin: float) -> list[Pick]:
    """Return the picks whose score lies no more than that below the best one's, the best first."""
    picks = best_of(picks)
    return [pick for pick in picks if pick.score >= picks[0].score - margin]


def each_holder(picks: list[Pick]) -> list[Pick]:
    """Return the best pick for each person whom picks name, of those whom enough articles name, the most named first.

    A name is the same as one of fewer of its words. What a few articles name is mostly a word that stands where a name
    may.
    """
    named: list[tuple[set[str], list[Pick]]] = []
    for pick in best_of(picks):
        for start, end in pick.asked_for:
            words = {word.text for word in tokens(pick.article.text[start:end])}
            same = next((group for known, group in named if _within(words, known) or _within(known, words)), None)
            if same is None:
                named.append((words, [pick]))
            else:
                same.append(pick)
    counted = [(len({pick.article for pick in group}), group[0]) for _, group in named]
    least = ENOUGH_NAME * max((count for count, _ in counted), default=0)
    counted = sorted((one for one in counted if one[0] >= least), key=lambda one: -one[0])
    return list(dict.fromkeys(pick for _, pick in counted))


def _within(words: set[str], name: set[str]) -> bool:
    """Tell whether every word of a name stands in another name, as it is or in another spelling: دميتري، ديمتري."""
    return all(any(word == other or same_spelling(word, other) for other in name) for word in words)


def without_repeats(picks: list[Pick]) -> list[Pick]:
    """Leave out those that say all that a better one of their article says, or nothing more."""
    kept: list[Pick] = []
    for pick in picks:
        worded = wording_of(pick.words[1])
        if not any(pick.article is one.article and repeats(worded, wording_of(one.words[1])) for one in kept):
            kept.append(pick)
    return kept


def in_reading_order(picks: list[Pick]) -> list[Pick]:
    """Order the articles by their best sentence, and within an article by place."""
    best: dict[str, float] = {}
    for pick in picks:
        best[pick.article.id] = max(best.get(pick.article.id, 0.0), pick.score)
    return sorted(picks, key=lambda pick: (-best[pick.article.id], pick.article.id, pick.start))
