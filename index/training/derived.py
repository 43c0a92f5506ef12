"""The sources that are made rather than read: pairs across the languages, and pieces of one text."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.sentences import sentences
from index.training.alignment import WordPair
from index.training.corpora import Article, Row
from index.training.dictionary import Dictionary
from index.training.render import Renderer
from index.types import Language

WINDOW = 40  # words of a run that is rendered as a whole
WINDOWS_OF_ARTICLE = 4  # so that long articles do not crowd out short ones
MOST_WINDOWS: dict[Language, int] = {"ar": 90_000, "en": 60_000}  # of news
MOST_PASSAGE_WINDOWS = 30_000  # of a language
WINDOW_WORDS, WINDOW_SHARE = 8, 0.5  # that a rendering needs
QUESTION_WORDS, PASSAGE_SHARE = 2, 0.4
HEADLINE_WORDS = 3
SEVERAL = 3  # times that a passage is cloze-tested, and a question of the poorer language rendered
CLOZE_WORDS = 130  # of a text
SENTENCE_WORDS = range(5, 46)  # of the sentence that is taken out
REST_WORDS = 15  # at least, of what remains
CLOZE_RENDERED_WORDS, REST_RENDERED_WORDS = 4, 10

# Of a learnt pair, before it is a row of its own.
ALIGNED_TIMES, ALIGNED_JOINT, ALIGNED_BEST = 1.5, 0.03, 0.25
ALIGNED_OFTEN = 20  # rows that such a pair explains; it counts twice


@dataclass(frozen=True, slots=True)
class Material:
    """What the derived sources are made of: questions with their passages, by language, and news."""

    questions: dict[Language, list[Row]]
    articles: list[Article]

    def passages(self, language: Language) -> list[tuple[str, str]]:
        """Return each passage of a language once, with its dataset."""
        return list({row.right: (row.right, row.dataset) for row in self.questions[language]}.values())


def derive(
    material: Material, dictionary: Dictionary, learnt: Sequence[WordPair], seed: int
) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the name and the rows of every derived source; each has draws of its own."""
    yield "aligned", _aligned(learnt)
    yield "headlines", (Row(item.title, item.text, item.dataset) for item in material.articles if item.title)
    makers: dict[str, Callable[[Material, Renderer], Iterable[Row]]] = {
        "pseudo": _windows,
        "questions-across": _questions_across,
        "headlines-across": _headlines_across,
        "cloze": _cloze,
        "cloze-across": _cloze_across,
    }
    for name, make in makers.items():
        yield name, make(material, Renderer(dictionary, random.Random(f"{seed} {name}")))


def _aligned(learnt: Iterable[WordPair]) -> Iterator[Row]:
    """Yield the word pairs that stand on their own, the frequent ones twice."""
    for pair in learnt:
        one, other = pair.english_given_arabic, pair.arabic_given_english
        enough = pair.times >= ALIGNED_TIMES and one * other >= ALIGNED_JOINT and max(one, other) >= ALIGNED_BEST
        if enough and not pair.english.isdigit():
            yield from [Row(pair.english, pair.arabic, "aligned")] * (2 if pair.times >= ALIGNED_OFTEN else 1)


def _windows(material: Material, renderer: Renderer) -> Iterator[Row]:
    """Yield runs of news and of passages beside their renderings, the English on the left."""
    for language in ("ar", "en"):
        news = [(item.text, item.dataset) for item in material.articles if item.language == language]
        yield from _render_windows(news, language, renderer, MOST_WINDOWS[language])
        yield from _render_windows(material.passages(language), language, renderer, MOST_PASSAGE_WINDOWS)


def _render_windows(
    texts: Iterable[tuple[str, str]], language: Language, renderer: Renderer, most: int
) -> Iterator[Row]:
    windows = [(window, dataset) for text, dataset in texts for window in _split(text)]
    renderer.draws.shuffle(windows)
    count = 0
    for window, dataset in windows:
        if count == most:
            return
        rendering = renderer.render(window, language)
        if rendering.is_fit(WINDOW_WORDS, WINDOW_SHARE):
            count += 1
            yield Row(*((rendering.text, window) if language == "ar" else (window, rendering.text)), dataset)


def _split(text: str) -> Iterator[str]:
    words = text.split()
    for start in range(0, min(len(words), WINDOW * WINDOWS_OF_ARTICLE), WINDOW):
        yield " ".join(words[start : start + WINDOW])


def _questions_across(material: Material, renderer: Renderer) -> Iterator[Row]:
    """Yield rendered questions with their passages, and questions with their rendered passages."""
    most = max(map(len, material.questions.values()))
    for language, rows in material.questions.items():
        times = SEVERAL if SEVERAL * len(rows) <= most else 1
        for question, passage, dataset in rows:
            for _ in range(times):
                asked = renderer.render(question, language)
                if asked.is_fit(QUESTION_WORDS):
                    yield Row(asked.text, passage, dataset)
                answering = renderer.render(passage, language)
                if answering.is_fit(WINDOW_WORDS, PASSAGE_SHARE):
                    yield Row(question, answering.text, dataset)


def _headlines_across(material: Material, renderer: Renderer) -> Iterator[Row]:
    """Yield rendered headlines with their articles, and headlines with their rendered articles."""
    for title, text, language, dataset in material.articles:
        if not title:
            continue
        headline = renderer.render(title, language)
        if headline.is_fit(HEADLINE_WORDS):
            yield Row(headline.text, text, dataset)
        body = renderer.render(_first_words(text, CLOZE_WORDS), language)
        if body.is_fit(WINDOW_WORDS, PASSAGE_SHARE):
            yield Row(title, body.text, dataset)


def _cloze(material: Material, renderer: Renderer) -> Iterator[Row]:
    """Yield sentences with what remains of their texts (inverse cloze: Lee et al. 2019, https://arxiv.org/abs/1906.00300)."""
    for sentence, rest, _, dataset in _sentences_and_rests(material, renderer.draws):
        yield Row(sentence, rest, dataset)


def _cloze_across(material: Material, renderer: Renderer) -> Iterator[Row]:
    """Yield the same with one of the two rendered, either as often as the other."""
    for sentence, rest, language, dataset in _sentences_and_rests(material, renderer.draws):
        if renderer.draws.random() < 0.5:
            rendering = renderer.render(sentence, language)
            if rendering.is_fit(CLOZE_RENDERED_WORDS):
                yield Row(rendering.text, rest, dataset)
        else:
            rendering = renderer.render(rest, language)
            if rendering.is_fit(REST_RENDERED_WORDS):
                yield Row(sentence, rendering.text, dataset)


def _sentences_and_rests(material: Material, draws: random.Random) -> Iterator[tuple[str, str, Language, str]]:
    texts = [(item.text, item.language, item.dataset, 1) for item in material.articles]
    for language in material.questions:
        texts += [(text, language, dataset, SEVERAL) for text, dataset in material.passages(language)]
    for text, language, dataset, times in texts:
        start = _first_words(text, CLOZE_WORDS)
        parts = [start[begin:end] for begin, end in sentences(start)]
        fit = [at for at, part in enumerate(parts) if len(part.split()) in SENTENCE_WORDS]
        if len(parts) < 2 or not fit:
            continue
        for at in (draws.choice(fit) for _ in range(times)):
            rest = " ".join(parts[:at] + parts[at + 1 :])
            if len(rest.split()) >= REST_WORDS:
                yield parts[at], rest, language, dataset


def _first_words(text: str, count: int) -> str:
    return " ".join(text.split(None, count)[:count])
