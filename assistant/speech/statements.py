"""Who said what: reported speech in Arabic and English articles, with its speaker and its exact run. Pure.

A statement is found by its reporting verb, in the grammar of the article's language, or by a short name and a colon.
A verb inside quotation marks reports nothing: the words are the quoted speaker's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.speech import placing_ar, statements_ar, statements_en
from assistant.speech.afterwards_ar import told_before
from assistant.speech.agreement_ar import PLURAL_AR, is_man, is_person, may_be_mine, may_go_on, verb_of
from assistant.speech.attribution_ar import speaker_name
from assistant.speech.blessings_ar import named_by_formula
from assistant.speech.circumstances import find_addressee, find_day, role_of
from assistant.speech.headings import find_byline, find_heading
from assistant.speech.interviews import find_answers
from assistant.speech.mentions import Speakers, without_same, without_this
from assistant.speech.reporting_ar import SAID_IT_AR
from assistant.speech.reporting_en import PLURAL_EN
from assistant.speech.reports import COLON, Report, WordRun
from assistant.speech.running_on import run_on
from assistant.speech.said import find_said, trim
from assistant.speech.scopes import is_attribution, is_participle, is_unmarked, says_bare, scopes
from assistant.speech.stances import stance_of
from assistant.speech.subject_ar import acting_name, find_subject, subject_name
from assistant.speech.titled_ar import find_bearer, title_for_he
from index.chunk import body_sentences
from index.statement import Stance, Statement

if TYPE_CHECKING:
    from assistant.speech.said import Said
    from index.types import Article, Language

FARTHEST_SPEAKER = 4
"""Speeches back to which a verb without a subject looks for its speaker."""

EARLY = 4
"""Sentences among which any short name and a colon may be a headline."""

LONGEST_VERSE = 9
"""Words of a line that may be a poem's."""

VERSION = 7
"""Grows where other statements are found, or other things kept of them, than before."""


class StatementFinder:
    """Finds who said what in an article, for `index.followers.statement_index`."""

    version = VERSION

    def __call__(self, article: Article) -> tuple[Statement, ...]:
        """Return the statements of an article in reading order."""
        return find_statements(article)


def find_statements(article: Article) -> tuple[Statement, ...]:
    """Return the statements of an article in reading order."""
    finder = _Finder(article)
    for sentence in body_sentences(article):
        finder.read(sentence)
    return finder.statements()


Run = tuple[int, int]


class _Finder:
    """Goes through the sentences of one article in order, and knows who spoke last."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._speakers = Speakers()
        self._found: list[tuple[int, Statement]] = []  # with the number of the speaker, who may be named more fully
        self._previous: int | None = None
        self._spoke: list[int] = []
        self._said_here: int | None = None  # who is named as speaking in the sentence that is read
        self._subject = ""  # whom an Arabic article is about before anyone speaks
        self._quotes_on = False  # whether the sentence before ended in a statement
        self._read = 0  # sentences
        self._before = self._here = (0, 0)  # the sentence before, and the one that is read
        self._answers = dict(find_answers(article.text)) if article.language == "ar" else {}
        self._answered = 0  # where the answer ends that was taken last
        self._awaits = False  # whether it ended in a colon after a report, and what is said stands in this one
        self._in_verse = False  # whether the last statement is of lines that may go on
        self._bylines: list[tuple[int, str, Statement]] = []  # lines that a name opens, with their places in `_found`

    def statements(self) -> tuple[Statement, ...]:
        """Return what was found, the speakers by all that the article calls them."""
        for place, name, statement in reversed(self._bylines):
            if (known := self._speakers.find(name)) is not None:
                self._found.insert(place, (known, statement))
        named = []
        for speaker, statement in self._found:
            mentions = self._speakers.mentions(speaker)
            role = role_of(mentions)
            named.append(replace(statement, speaker=max(mentions, key=len), mentions=mentions, role=role))
        return tuple(named)

    def read(self, sentence: tuple[int, int]) -> None:
        """Find the statements of the next sentence."""
        self._read += 1
        self._before, self._here = self._here, sentence
        if self._take_answer(sentence):
            return
        run = WordRun.of(self._article.text[slice(*sentence)])
        if self._awaits or self._in_verse:
            awaited, self._awaits = self._awaits, False
            if self._take_line(sentence, run, awaited=awaited):
                return
        reports = _find_reports(run, self._article.language, opens=not self._found and self._read < EARLY)
        known = len(self._found)
        if self._article.language == "ar" and (told := told_before(run)):
            self._tell(sentence, run, told)
        self._read_reports(sentence, run, reports)
        if not reports and self._quotes_on:
            self._go_on(sentence, run)
        if not reports and self._found and self._article.language == "ar":
            speaker, last = self._found[-1]
            self._found[-1] = speaker, run_on(self._article.text, last, sentence, run) or last
        if self._article.language == "ar" and len(self._found) == known:
            self._keep_byline(sentence, run)
        if not reports and self._previous is None and self._article.language == "ar":
            self._subject = subject_name(run) or self._subject
        opens = bool(reports) and self._opens_quotation(run, reports[-1])
        if opens and len(self._found) > known and says_bare(run, reports[-1]) and is_unmarked(run, reports[-1]):
            self._found.pop()  # يقول الشاعر عن حياته: and the poem in the next line
        self._awaits = opens and len(self._found) == known and says_bare(run, reports[-1])
        self._quotes_on = len(self._found) > known or opens

    def _read_reports(self, sentence: tuple[int, int], run: WordRun, reports: list[Report]) -> None:
        latest: int | None = None
        silent: int | None = None
        self._said_here = None
        for report, left, right in scopes(run, reports, self._article.language):
            found = find_said(run, report, left, right, self._article.language)
            if not (found or any(is_participle(run, other) for other in reports)):
                silent = self._named(run, report) if report.named and report.verb == 0 else silent
                continue
            if silent is not None and not (report.named or report.nested or is_attribution(run, report)):
                self._previous = silent  # ذكر الرئيس محتجزين وقال إن
                self._spoke.append(silent)
            silent = None
            speaker = self._speaker(run, report, latest)
            if speaker is None:
                continue
            if report.nested and report.verb != COLON and placing_ar.has_object(run.folded[report.verb]):
                latest = speaker
            if not report.nested and not (len(reports) > 1 and is_attribution(run, report)):
                self._previous = speaker
                self._said_here = speaker if report.named else self._said_here
                self._spoke.append(speaker)
            for said in found:
                self._add(sentence, run, report, (left, right), said, speaker)

    def _speaker(self, run: WordRun, report: Report, latest: int | None) -> int | None:
        """Return who makes a report: whom it names, or who spoke last; None for nobody known."""
        if report.named:
            return self._named(run, report)
        if is_participle(run, report):
            if latest is not None:
                return latest
            body = self._said_here is not None and not is_person(self._speakers.mentions(self._said_here)[-1])
            if body and not run.folded[report.verb].endswith(PLURAL_AR):
                return self._said_here
        if self._article.language == "en":
            return None if run.folded[report.verb] in PLURAL_EN else self._previous
        if is_attribution(run, report):
            return self._latest_agreeing(verb_of(run.folded[report.verb + 1]))
        if title := title_for_he(run, report.verb):
            named = find_bearer(title, self._speakers, self._spoke, self._article.text[: self._here[0]])
            return self._previous if named is None else named
        if report.nested:
            return None
        acting = self._speakers.find_named(acting_name(run, report.verb))
        return self._latest_agreeing(run.folded[report.verb]) if acting is None else acting

    def _opens_quotation(self, run: WordRun, report: Report) -> bool:
        """Tell whether a sentence ends in a colon after its report, and the next one is what is said."""
        if report.verb == COLON or report.nested or not run.gaps[-1].strip().endswith(":"):
            return False
        if report.named:
            self._previous = self._named(run, report)
        return self._previous is not None

    def _named(self, run: WordRun, report: Report) -> int:
        name = _speaker_name(run, report, self._article.language)
        if self._article.language == "ar" and (known := self._same(name, run.folded[report.verb])) is not None:
            return known
        return self._speakers.add(named_by_formula(name, self._article.text))

    def _same(self, name: str, verb: str) -> int | None:
        """Return who is meant by «the same source» or «this expert»; None where a name says neither, or nobody fits."""
        if (same := without_same(name)) != name:
            known = self._speakers.find(same)
            return self._previous if known is None else known
        if (this := without_this(name)) != name:
            known = self._speakers.find(this)
            agreeing = (one for one in reversed(self._spoke) if may_go_on(self._speakers.mentions(one)[-1], verb))
            return next(agreeing, None) if known is None else known
        return None

    def _latest_agreeing(self, word: str) -> int | None:
        """Return who spoke last of those who agree with an Arabic verb or participle, or else who spoke last."""
        for speaker in reversed(self._spoke[-FARTHEST_SPEAKER:]):
            if may_go_on(self._speakers.mentions(speaker)[-1], word):
                return speaker
        if self._previous is None and self._subject and may_go_on(self._subject, word):
            return self._speakers.add(self._subject)
        mine = may_be_mine(word) and self._previous is not None and is_man(self._speakers.mentions(self._previous)[-1])
        return None if mine else self._previous  # وسألت: «she asked» or «I asked»

    def _add(
        self,
        sentence: tuple[int, int],
        run: WordRun,
        report: Report,
        bounds: tuple[int, int],
        said: Said,
        speaker: int,
    ) -> None:
        offset = sentence[0]
        verb = run.verb_span(report)
        addressee = find_addressee(run, report.verb, said.beside)
        beside = run.text[slice(*said.beside)]
        opening = run.text[bounds[0] : run.words[report.begins].start] if said.start > verb[0] else ""
        whole, words = ((offset + start, offset + end) for start, end in (bounds, said[:2]))
        told = replace(
            _told(sentence, whole, words, stance_of(run, report), direct=said.direct),
            verb=(offset + verb[0], offset + verb[1]),
            addressee=(offset + addressee[0], offset + addressee[1]) if addressee else None,
            said_on=find_day(f"{opening} {beside}", self._article.published),
        )
        self._found.append((speaker, told))

    def _tell(self, sentence: tuple[int, int], run: WordRun, told: Report) -> None:
        """Take what stands before «أوضح ذلك المدير», the sentence before or this one up to it, for what he told."""
        self._previous = self._named(run, told)
        whole = (sentence[0], sentence[0] + run.words[told.verb].start) if told.verb else self._before
        said = trim(self._article.text, *whole)
        if said and not (self._found and self._found[-1][1].end > whole[0]):
            self._found.append((self._previous, _told(whole, whole, said[:2], Stance.SAID, direct=said[2])))

    def _go_on(self, sentence: tuple[int, int], run: WordRun) -> None:
        """Take a sentence that is a quotation as a whole for what the last speaker goes on to say."""
        said = trim(run.text, 0, len(run.text))
        if said and said[2] and self._previous is not None:
            words = sentence[0] + said[0], sentence[0] + said[1]
            self._found.append((self._previous, _told(sentence, sentence, words, Stance.SAID, direct=True)))

    def _take_answer(self, sentence: tuple[int, int]) -> bool:
        """Take an interview's answer as a whole for what its guest says, and pass over its further sentences."""
        if sentence[0] < self._answered:
            return True
        start = next((at for at in range(*sentence) if at in self._answers), None) if self._answers else None
        guest = self._guest() if start is not None else None
        if start is None or guest is None:
            return False
        self._answered = self._answers[start]
        said = trim(self._article.text, start, self._answered)
        if said:
            whole = sentence[0], self._answered
            self._found.append((guest, _told(whole, whole, said[:2], Stance.SAID, direct=True)))
        return True

    def _guest(self) -> int | None:
        """Return who is interviewed: who spoke before the questions, or whom the title or the first lines name."""
        if self._previous is None:
            title, colon, _ = (self._article.title or "").partition(":")
            named = title.strip() if colon else self._subject
            self._previous = self._speakers.add(named) if named else None
        return self._previous

    def _take_line(self, sentence: tuple[int, int], run: WordRun, *, awaited: bool) -> bool:
        """Take a sentence for what the one before announced with a colon, or for the next line of a poem."""
        line = len(run.words) <= LONGEST_VERSE
        if awaited:
            said = trim(run.text, 0, len(run.text))
            if said is None or self._previous is None:
                return False
            words = sentence[0] + said[0], sentence[0] + said[1]
            self._found.append((self._previous, _told(sentence, sentence, words, Stance.SAID, direct=said[2])))
            self._in_verse = line and not run.gaps[-1].strip(" ،,")
            self._quotes_on = True
            return True
        speaker, last = self._found[-1]
        between = self._article.text[last.end : sentence[0]]
        self._in_verse = line and not between.strip(" \n،,") and between.count("\n") == 1
        if self._in_verse:
            start, end = sentence[0], sentence[0] + run.words[-1].end if run.words else sentence[1]
            whole = last.sentence[0], sentence[1]
            self._found[-1] = (
                speaker,
                replace(last, sentence=whole, end=sentence[1], words=(last.words[0], max(start, end))),
            )
            self._in_verse = not run.gaps[-1].strip(" ،,")
            return True
        return False

    def _keep_byline(self, sentence: tuple[int, int], run: WordRun) -> None:
        """Keep a line that a name and a colon open, to be a statement if the article names its bearer."""
        name, opens = find_byline(run) or ("", 0)
        if name and (said := trim(run.text, opens, len(run.text))):
            start = sentence[0]
            words = start + said[0], start + said[1]
            told = _told(sentence, sentence, words, Stance.SAID, direct=said[2])
            self._bylines.append((len(self._found), name, replace(told, verb=(start + opens - 1, start + opens))))


def _told(sentence: Run, whole: Run, words: Run, stance: Stance, *, direct: bool) -> Statement:
    """Return a statement of which no more is known yet."""
    return Statement(sentence, *whole, words, None, stance, direct, "", (), None, None, None)


def _speaker_name(run: WordRun, report: Report, language: Language) -> str:
    if language == "ar":
        return speaker_name(run, report)
    return run.excerpt(report.first, report.last)


def _find_reports(run: WordRun, language: Language, *, opens: bool) -> list[Report]:
    """Return the reports of a sentence in the order of their verbs; `opens` while the article has reported nothing."""
    find = statements_ar.find_report if language == "ar" else statements_en.find_report
    heading = find_heading(run, language, opens=opens)
    found = [heading] if heading else []
    for number in range(heading.last if heading else 0, len(run.words)):
        if language == "ar" and run.folded[number] not in statements_ar.MAY_REPORT_AR:
            continue
        report = find(run, number)
        if report and (run.folded[number] in SAID_IT_AR or not run.is_quoted(number)):
            if found and is_attribution(run, report) and placing_ar.stands_beside(run, found[-1], report):
                continue  # أعلن المجلس، بحسب الوكالة، أن
            if language == "ar" and placing_ar.is_published(run, found, report):
                del found[-1]
            if language == "ar" and placing_ar.hands_over(run, found, report):
                del found[-1]
            if language == "ar" and placing_ar.only_opens(run, found, report):
                report = report._replace(first=found[-1].first, last=found[-1].last)
                del found[-1]
            found.append(placing_ar.placed(run, report, found) if language == "ar" else report)
    if len(found) > 1:
        found = [report for report in found if report.named or not is_attribution(run, report)]
    if language == "ar" and found and not (found[0].named or found[0].nested or is_attribution(run, found[0])):
        first, last = find_subject(run, found[0].verb)
        found[0] = found[0]._replace(first=first, last=last)
    return found
