"""A question to an answer: retrieve, write, verify."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.questions.checking import check_question
from assistant.questions.follow_up import rewrite, stand_alone
from assistant.questions.languages import is_foreign
from assistant.questions.period import find_period
from assistant.questions.question import Kind, read_question
from assistant.rendering.wording import OTHER_DAYS, decline, name_period
from assistant.types import Answer, Draft, Narrowed
from assistant.writers.extractive import ExtractiveWriter
from index.types import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from assistant.questions.narrowing import SpeakerArticles
    from assistant.questions.question import Question
    from assistant.questions.times import Period
    from assistant.types import StreamingWriter, Writer
    from assistant.verification.entailment import Entailment
    from assistant.verification.verify import Verifier
    from assistant.writers.llm_client import LanguageModel
    from index.archive.address import Address
    from index.encoders.static import StaticEncoder
    from index.followers.copy_index import CopyIndex
    from index.followers.word_index import WordIndex
    from index.retrieve import Retriever
    from index.settings import IndexPlace
    from index.types import Archive, Backend, DenseIndex, Hit, Language, LexicalIndex

PASSAGES = 20
"""Passages that a writer reads."""

COUNTED = 40
"""Those where it is asked who holds an office: it is the one whom most articles name."""

RANKED = 200
"""Passages that those are taken from, so that near copies of one story leave room for others."""

SHOWN = 5
"""Passages that come with an answer."""


class Assistant:
    """Answers questions from one archive; threads may share it.

    `model` is the bundled one, held once for all that compare words beside it. `indexes` are those that the retriever
    searches, to be kept up with what other processes change in the archive.
    `llm` writes instead of `writer` where it is given. `copies` tells which articles are near copies; what prints one
    story then counts as one article. `spoken` finds the articles of a speaker who is asked for by name. `today` is the
    day that «last week» in a question counts from.
    """

    def __init__(
        self,
        archive: Archive,
        retriever: Retriever,
        writer: Writer,
        verifier: Verifier,
        model: StaticEncoder,
        indexes: Sequence[DenseIndex | LexicalIndex | WordIndex] = (),
        llm: StreamingWriter | None = None,
        *,
        copies: CopyIndex | None = None,
        spoken: SpeakerArticles | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.archive = archive
        self.retriever = retriever
        self.verifier = verifier
        self.model = model
        self._writer = writer
        self._indexes = tuple(indexes)
        self._llm = llm
        self._copies = copies
        self._spoken = spoken
        self._today = today
        self._following = threading.Lock()

    def ask(
        self,
        text: str,
        *,
        history: Sequence[str] = (),
        language: Language | None = None,
        filters: Filters | None = None,
        speaker: str | None = None,
    ) -> Answer:
        """Answer a question, or decline it with the reason; the arguments and errors are those of `stream`."""
        pieces = self.stream(text, history=history, language=language, filters=filters, speaker=speaker)
        (answer,) = (piece for piece in pieces if isinstance(piece, Answer))
        return answer

    def stream(
        self,
        text: str,
        *,
        history: Sequence[str] = (),
        language: Language | None = None,
        filters: Filters | None = None,
        speaker: str | None = None,
    ) -> Generator[str | Answer]:
        """Yield what a language model writes, where one does, unverified and in pieces; and at last the answer.

        `history` are the questions asked before it in the same conversation, oldest first, as they were asked or as
        they were understood; those that cannot be worked on are passed over. `language` is the language of the wording,
        the question's own when None; `speaker` asks for that speaker's statements only. Words of the question for the
        days that it asks about, as "in July 2015", are taken for a filter unless `filters` has days of its own. Raises
        QuestionError where the question cannot be worked on, and ArchiveError where the archive cannot be read.
        """
        started = time.perf_counter()
        text = check_question(text)
        understood = self._understood(text, stand_alone(history))
        question = read_question(understood or text)
        language = language or question.language
        if speaker is not None:
            question = question.said_by(speaker)
        hits: tuple[Hit, ...] = ()
        narrowed = Narrowed(filters or Filters(), speaker)
        if is_foreign(text):
            draft = Draft((), decline("foreign", replace(question, language=language)))
        elif period := self._period(question, filters):
            draft, hits, narrowed = yield from self._answered_within(period, question, filters, speaker, language)
        else:
            draft, hits = yield from self._answered(question, filters, speaker, language)
        seconds = time.perf_counter() - started
        yield Answer(
            text,
            language,
            draft.sentences,
            draft.reason,
            hits[:SHOWN],
            seconds,
            understood=understood,
            notes=draft.notes,
            narrowed=None if narrowed == Narrowed(Filters()) else narrowed,
        )

    def _answered(
        self, question: Question, filters: Filters | None, speaker: str | None, language: Language
    ) -> Generator[str, None, tuple[Draft, tuple[Hit, ...]]]:
        """Yield what a language model writes, and return the verified draft with the passages that it was made from."""
        ranked = self.search(question.text, filters, RANKED, speaker=speaker)
        if speaker is None and question.kind is Kind.SAID:
            from index.retrieve import in_turn

            ranked = in_turn(self._where_spoken(question, filters), ranked)
        if not ranked and speaker is not None:
            ranked = self.search(question.text, filters, RANKED)  # the nearest to what the speaker never said
        hits, with_copies = self._once(ranked, COUNTED if question.held_office and self._llm is None else PASSAGES)
        if self._llm is None:
            return self._writer.write(question, with_copies, language), hits
        draft = Draft(())
        for piece in self._llm.stream(question, hits, language):
            if isinstance(piece, Draft):
                draft = piece
            else:
                yield piece
        return draft, hits

    def _where_spoken(self, question: Question, filters: Filters | None) -> list[Hit]:
        """Return the best passages of the articles in which someone called as the question calls its speaker speaks.

        In a large archive the words of a topic outweigh a name, all the more across the scripts.
        """
        if self._spoken is None:
            return []
        for named in question.shorter_speakers():
            if named.speaker and (articles := self._spoken.find_called(named.speaker)):
                return self.retriever.search(question.text, (filters or Filters()).among(articles), PASSAGES)
        return []

    def _once(self, ranked: Sequence[Hit], most: int) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
        """Return the best passages, those of near copies left out; and the same with the best passage of each copy."""
        names = list(dict.fromkeys(hit.passage.article.id for hit in ranked))
        clusters = self._copies.clusters_of(names) if self._copies else {}
        first: dict[int | str, str] = {}  # of each story, the article that was found first
        hits: list[Hit] = []
        with_copies: list[Hit] = []
        copies: set[str] = set()
        for hit in ranked:
            name = hit.passage.article.id
            if first.setdefault(clusters.get(name, name), name) == name:
                hits.append(hit)
                with_copies.append(hit)
            elif name not in copies and len(copies) < PASSAGES:
                copies.add(name)
                with_copies.append(hit)
            if len(hits) == most:
                break
        return tuple(hits), tuple(with_copies)

    def _answered_within(
        self, period: Period, question: Question, filters: Filters | None, speaker: str | None, language: Language
    ) -> Generator[str, None, tuple[Draft, tuple[Hit, ...], Narrowed]]:
        """Answer from the articles of a period, or else from others that tell of it, and say so."""
        rest = read_question(period.left_out_of(question.text))
        rest = rest if speaker is None else rest.said_by(speaker)
        dated = replace(filters or Filters(), published_from=period.first, published_to=period.last)
        narrowed = Narrowed(dated, speaker, from_question=True)
        draft, hits = yield from self._answered(rest, narrowed.filters, speaker, language)
        if draft.sentences:
            return draft, hits, narrowed
        days = name_period(period.first, period.last, language)
        if not period.counted:
            wide, found = yield from self._answered(question, filters, speaker, language)
            told = tuple(
                sentence
                for sentence in wide.sentences
                if any(
                    period.is_told_of(cited) or (cited.article.published is None and question.kind is not Kind.SAID)
                    for cited in sentence.citations
                )
            )
            if told:
                notes = (OTHER_DAYS[language].format(days), *(wide.notes if told == wide.sentences else ()))
                return replace(wide, sentences=told, notes=notes), found, Narrowed(filters or Filters(), speaker)
        reason = decline("period", replace(question, language=language), days)
        return replace(draft, reason=reason), hits, narrowed

    def _period(self, question: Question, filters: Filters | None) -> Period | None:
        """Return the days that a question asks about, where they are to be a filter.

        A time of which the archive has no article is part of what is asked, unless it can be nothing but a filter.
        """
        if filters is not None and (filters.published_from or filters.published_to):
            return None
        today = self._today()
        if find_period(question, today) is None:
            return None  # without a look into the archive
        table = self.archive.table()
        period = find_period(question, today, table.newest)
        if period is None or period.certain or table.ids_of(Filters(period.first, period.last)):
            return period
        return None

    def _understood(self, text: str, earlier: Sequence[str]) -> str | None:
        """Return a follow-up as a question that stands alone; a language model is asked about what no rule reads."""
        return rewrite(text, earlier) or (self._llm.rewrite(text, earlier) if self._llm and earlier else None)

    @property
    def has_model(self) -> bool:
        """Whether a language model writes its answers."""
        return self._llm is not None

    def quoting(self) -> Assistant:
        """Return an assistant over the same archive that answers without a language model."""
        quoting = Assistant(
            self.archive,
            self.retriever,
            self._writer,
            self.verifier,
            self.model,
            self._indexes,
            copies=self._copies,
            spoken=self._spoken,
            today=self._today,
        )
        quoting._following = self._following  # they follow the archive by the same indexes
        return quoting

    def search(
        self, query: str, filters: Filters | None = None, top_k: int = 10, *, speaker: str | None = None
    ) -> list[Hit]:
        """Return the best passages of the archive as it stands now, best first.

        With `speaker`, those of the articles in which that speaker makes a statement.
        """
        self._follow()
        if speaker is not None and self._spoken is not None:
            filters = (filters or Filters()).among(self._spoken.find(speaker))
        return self.retriever.search(query, filters, top_k)

    def _follow(self) -> None:
        """Bring the indexes up to the archive; a few reads of single numbers where nothing has changed."""
        # One thread at a time: a slower one would put an older state back.
        with self._following:
            for index in self._indexes:
                index.catch_up(self.archive)


def open_assistant(
    address: Address,
    encoder: str | None = None,
    backend: Backend = "torch",
    model: LanguageModel | None = None,
    *,
    entailment: Entailment | None = None,
    show_unsupported: bool = True,
    index: IndexPlace | None = None,
    today: Callable[[], date] = date.today,
) -> Assistant:
    """Open the archive at an address for questions, its indexes brought up to date.

    `encoder` names the encoder of its vectors, and `backend` what runs it; None is the bundled model, which finds the
    evidence in any case. `model` writes the answers; of its sentences, those without support are shown as such or left
    out. `entailment` is a second opinion on support. `index` is where passages are searched, None beside the archive.
    `today` is the day that «last week» counts from.

    From here on numpy multiplies on one thread. Raises an ArchiveError or an EncoderError.
    """
    from threadpoolctl import threadpool_limits

    from assistant.questions.narrowing import SpeakerArticles
    from assistant.speech.statements import StatementFinder
    from assistant.verification.verify import Verifier
    from assistant.words.matching import Matcher
    from index.archive.opening import open_at
    from index.encoders.static import BUNDLED, StaticEncoder, load_encoder
    from index.followers.copy_index import CopyIndex
    from index.followers.search_indexes import search_indexes
    from index.followers.statement_index import StatementIndex
    from index.followers.word_index import WordIndex
    from index.retrieve import Retriever

    words = StaticEncoder()
    threadpool_limits(1, "blas")  # a question's products are small: threads that wait for each other double its time
    questions = words if encoder in (None, BUNDLED) else load_encoder(encoder, backend)
    archive = open_at(address, encoder_name=questions.name)
    folder = archive.folder
    indexes = *search_indexes(folder, index), WordIndex(folder, words)
    for follower in indexes:
        follower.catch_up(archive)  # for those who search by the retriever itself
    retriever = Retriever(archive, *indexes, questions, words)
    verifier = Verifier(words, entailment)
    copies = CopyIndex(folder)
    statements = StatementIndex(folder, StatementFinder())
    quoting = ExtractiveWriter(
        words, verifier, copies, lambda article: statements.known(article, archive), size=archive.count_articles
    )
    llm: StreamingWriter | None = None
    if model is not None:
        from assistant.writers.llm import LlmWriter

        llm = LlmWriter(model, quoting, verifier, show_unsupported=show_unsupported)
    spoken = SpeakerArticles(archive, statements, Matcher(words))
    return Assistant(
        archive, retriever, quoting, verifier, words, indexes, llm, copies=copies, spoken=spoken, today=today
    )
