"""Grades the sentences of the articles that were found by a question's words, and by their vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.evidence.coverage import Asked, cover
from assistant.evidence.features import Found
from assistant.evidence.pages import Page
from assistant.evidence.shelf import Shelf
from assistant.words.matching import Matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.questions.question import Question
    from assistant.verification.verify import TextEncoder
    from index.statement import Statement
    from index.types import Article, Hit, Vectors


class Grader:
    """Grades by the words that `matcher` compares; threads may share it.

    It keeps the layout of the articles used last (`Shelf`) and the words met (`Vocabulary`). `statements` are those of
    an article, None where they are to be found now.
    """

    def __init__(
        self,
        encoder: TextEncoder,
        statements: Callable[[Article], Sequence[Statement] | None] = lambda article: None,
    ) -> None:
        self.matcher = Matcher(encoder)
        self._encoder = encoder
        self._pages = Shelf(lambda article: Page.of(article, statements(article)))
        self._vectors = Shelf(self._sentence_vectors)

    def lay_out(self, hits: Sequence[Hit]) -> list[Page]:
        """Return the pages of the articles that were found, the first found first."""
        return [self._pages.take(article) for article in dict.fromkeys(hit.passage.article for hit in hits)]

    def grade(self, question: Question, hits: Sequence[Hit]) -> Found | None:
        """Return the articles that were found, each sentence graded by the question; None where there is nothing."""
        pages = self.lay_out(hits)
        terms = [term.text for term in question.terms]
        terms += [word for word in question.speaker_words if word not in terms]
        if not terms or not pages:
            return None
        (vector,) = self._encoder.encode_passages([question.text])
        covered = cover(pages, Asked.of(question, terms, self.matcher), self.matcher)
        return Found(covered, [self._vectors.take(page.article) @ vector for page in pages], hits)

    def _sentence_vectors(self, article: Article) -> Vectors:
        page = self._pages.take(article)
        return self._encoder.encode_passages([page.text(number) for number in range(len(page.sentences))])
