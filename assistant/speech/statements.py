"""Who said what: reported speech in Arabic and English articles, with its speaker and its exact run. Pure.

A statement is found by its reporting verb, in the grammar of the article's language, or by a short name and a colon.
A verb inside quotation marks reports nothing: the words are the quoted speaker's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.speech import said_ar, statements_ar, statements_en
from assistant.speech.agreement_ar import PLURAL_AR, is_person, may_go_on, verb_of
from assistant.speech.attribution_ar import speaker_name
from assistant.speech.circumstances import find_addressee, find_day, role_of
from assistant.speech.mentions import Speakers
from assistant.speech.nouns_ar import as_start, without_and
from assistant.speech.particles_ar import AS_SAID_AR, ATTRIBUTION_AR, BOUNDARY_AR, CLAUSES_AR, LABELS_AR
from assistant.speech.reporting_ar import SAID_IT_AR, SAY_AR, SAYING_AR
from assistant.speech.reporting_en import BOUNDARY_EN, LABELS_EN, PLURAL_EN, SAY_EN, SAYING_EN
from assistant.speech.reports import COLON, COMMA, Report, WordRun
from assistant.speech.said import find_said, trim
from assistant.speech.subject_ar import find_subject, subject_name
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import ROLES_AR, ROLES_EN
from index.chunk import body_sentences
from index.statement import Stance, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.speech.said import Said
    from index.types import Article, Language

LONGEST_HEADING = 4
"""Words before the colon of «الكرملين: ...»."""


FARTHEST_SPEAKER = 4
"""Speeches back to which a verb without a subject looks for its speaker."""

LONGEST_CLOSE = 8
"""Words after an attribution that ends its sentence, at most."""

FEWEST_LABELS = 3
"""Colons in a sentence from which it is a list of labels: «الحكم: ... الملعب: ... الساعة: ...»."""

VERSION = 4
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

    def statements(self) -> tuple[Statement, ...]:
        """Return what was found, the speakers by all that the article calls them."""
        named = []
        for speaker, statement in self._found:
            mentions = self._speakers.mentions(speaker)
            role = role_of(mentions)
            named.append(replace(statement, speaker=max(mentions, key=len), mentions=mentions, role=role))
        return tuple(named)

    def read(self, sentence: tuple[int, int]) -> None:
        """Find the statements of the next sentence."""
        run = WordRun.of(self._article.text[slice(*sentence)])
        reports = _find_reports(run, self._article.language, opens=not self._found)
        known = len(self._found)
        latest: int | None = None
        silent: int | None = None
        self._said_here = None
        for report, left, right in _scopes(run, reports, self._article.language):
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
            if report.nested and report.verb != COLON and statements_ar.has_object(run.folded[report.verb]):
                latest = speaker
            if not report.nested and not (len(reports) > 1 and is_attribution(run, report)):
                self._previous = speaker
                self._said_here = speaker if report.named else self._said_here
                self._spoke.append(speaker)
            for said in found:
                self._add(sentence, run, report, (left, right), said, speaker)
        if not reports and self._quotes_on:
            self._go_on(sentence, run)
        if not reports and self._previous is None and self._article.language == "ar":
            self._subject = subject_name(run) or self._subject
        self._quotes_on = len(self._found) > known or (bool(reports) and self._opens_quotation(run, reports[-1]))

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
        return None if report.nested else self._latest_agreeing(run.folded[report.verb])

    def _opens_quotation(self, run: WordRun, report: Report) -> bool:
        """Tell whether a sentence ends in a colon after its report, and the next one is what is said."""
        if report.verb == COLON or report.nested or not run.gaps[-1].strip().endswith(":"):
            return False
        if report.named:
            self._previous = self._named(run, report)
        return self._previous is not None

    def _named(self, run: WordRun, report: Report) -> int:
        return self._speakers.add(_speaker_name(run, report, self._article.language))

    def _latest_agreeing(self, word: str) -> int | None:
        """Return who spoke last of those who agree with an Arabic verb or participle, or else who spoke last."""
        for speaker in reversed(self._spoke[-FARTHEST_SPEAKER:]):
            if may_go_on(self._speakers.mentions(speaker)[-1], word):
                return speaker
        if self._previous is None and self._subject and may_go_on(self._subject, word):
            return self._speakers.add(self._subject)
        return self._previous

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

    def _go_on(self, sentence: tuple[int, int], run: WordRun) -> None:
        """Take a sentence that is a quotation as a whole for what the last speaker goes on to say."""
        said = trim(run.text, 0, len(run.text))
        if said and said[2] and self._previous is not None:
            words = sentence[0] + said[0], sentence[0] + said[1]
            self._found.append((self._previous, _told(sentence, sentence, words, Stance.SAID, direct=True)))


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
    heading = _find_heading(run, language, opens=opens)
    found = [heading] if heading else []
    for number in range(heading.last if heading else 0, len(run.words)):
        report = find(run, number)
        if report and (run.folded[number] in SAID_IT_AR or not run.is_quoted(number)):
            if found and is_attribution(run, report) and report.verb == found[-1].ends > found[-1].verb + 1:
                continue  # أعلن المجلس، بحسب الوكالة، أن
            if language == "ar" and statements_ar.is_published(run, found, report):
                del found[-1]
            found.append(statements_ar.placed(run, report, found) if language == "ar" else report)
    if len(found) > 1:
        found = [report for report in found if report.named or not is_attribution(run, report)]
    if language == "ar" and found and not (found[0].named or found[0].nested or is_attribution(run, found[0])):
        first, last = find_subject(run, found[0].verb)
        found[0] = found[0]._replace(first=first, last=last)
    return found


def _find_heading(run: WordRun, language: Language, *, opens: bool) -> Report | None:
    """Find "الكرملين: ..." and "Kremlin: ...": a short name, a colon, and what is said.

    Further down in an article, where a colon stands for much else, the name must be an office, a country or a body.
    """
    colon = run.text.find(":")
    if colon < 0 or colon + 1 >= len(run.text.rstrip()) or run.text[colon + 1].isdigit():
        return None
    before = [word.text for word in run.words if word.end <= colon]
    if not 0 < len(before) <= LONGEST_HEADING or any(_DASH.search(gap) for gap in run.gaps[: len(before)]):
        return None
    if run.gaps[0].strip() or before[0][0].isdigit() or len(_COLONS.findall(run.text)) >= FEWEST_LABELS:
        return None
    arabic = language == "ar"
    if (arabic and before[0].startswith("و")) or before[0] in LABELS_AR | LABELS_EN:
        return None
    verbs, boundary, roles = (SAY_AR, BOUNDARY_AR, ROLES_AR) if arabic else (SAY_EN, BOUNDARY_EN, ROLES_EN)
    if any(word in boundary or word in verbs or without_and(word) in verbs for word in before):
        return None
    if not opens and not any(is_entity(word) or word.removeprefix("ال") in roles for word in before):
        return None
    return Report(COLON, 0, len(before), nested=False)


def is_attribution(run: WordRun, report: Report) -> bool:
    """Tell whether a report is one like «according to»: the one after it may be another speaker's."""
    return report.verb != COLON and run.folded[report.verb] in ATTRIBUTION_AR


def is_participle(run: WordRun, report: Report) -> bool:
    """Tell whether a report is a participle, whose subject is that of the clause before: adding that, مؤكدا أن."""
    if report.verb == COLON:
        return False
    word = run.folded[report.verb]
    return word in SAYING_EN or word in SAYING_AR or without_and(word) in SAYING_AR


def stance_of(run: WordRun, report: Report) -> Stance:
    """Return the stance that the verb of a report tells."""
    if report.verb == COLON:
        return Stance.SAID
    word = run.folded[report.verb]
    for form in (word, without_and(word)):
        for table in (SAY_AR, SAYING_AR, SAY_EN, SAYING_EN):
            if form in table:
                return table[form]
    return Stance.SAID


def _parts(run: WordRun, report: Report) -> bool:
    """Tell whether an Arabic report begins a clause, after a mark or with «and», or lies within another one's."""
    number = report.begins
    if as_start(run, number) < number:
        return True
    if not number or is_participle(run, report) or _MARK.search(run.gaps[number]):
        return True
    return run.folded[number][0] in "وف" or (number > 0 and run.folded[number - 1] in CLAUSES_AR)


_DASH = re.compile("[-–—]")
_COLONS = re.compile(r":(?!\d)")
_MARK = re.compile("[^\\s\\w]")
_TRAILING = re.compile(r"[\s،,]*(?:\b(?:and|but|لكن|ولكن|فيما|بينما|كما|حيث))?[\s،,]*$")
_HIS_WORDS = re.compile(
    r"[\s،,\"»”]*(?:على حد|ب?حسب|وفق) (?:قول|تعبير|زعم|وصف|تأكيد|تصريح|كلام|رأي|إفادت|روايت)(?:ه|ها|هم)[\s.]*$"
)


def _closes_sentence(run: WordRun, report: Report) -> bool:
    """Tell whether an Arabic attribution stands after a comma and all but ends its sentence."""
    begins = said_ar.subject_start(run, report)
    alone = not any(COMMA.search(gap) for gap in run.gaps[begins + 1 : -1])
    return bool(COMMA.search(run.gaps[begins])) and alone and len(run.words) - report.ends <= LONGEST_CLOSE


def _is_as_said(run: WordRun, report: Report) -> bool:
    """Tell whether an Arabic report ends its sentence by «حسبما أفاد» or «على ما أفاد»: all of it is what was said."""
    begins = said_ar.subject_start(run, report)
    opened = begins == report.begins - 2 or (begins < report.begins and run.folded[begins] in AS_SAID_AR)
    return opened and len(run.words) - report.ends <= LONGEST_CLOSE


def _scopes(run: WordRun, reports: list[Report], language: Language) -> Iterator[tuple[Report, int, int]]:
    """Give each report its run ``[left, right)`` of the sentence: to the next report beside it, not below it.

    The first one that is not below another has the sentence from its start; an attribution, which may stand at the end
    of what it reports, has all of it.
    """
    for order, report in enumerate(reports):
        closes = language == "ar" and is_attribution(run, report)
        within = all(other.nested or (closes and not _parts(run, other)) for other in reports[:order])
        first = within and not (report.nested or is_participle(run, report))
        closing = language == "en" and not report.nested and statements_en.closes_sentence(run, report)
        closing = closing or (closes and bool(order) and _closes_sentence(run, report))
        closing = closing or (language == "ar" and bool(order) and _is_as_said(run, report))
        left = 0 if first or closing else run.words[report.begins].start
        right = len(run.text)
        if report.verb == COLON or run.folded[report.verb] not in ATTRIBUTION_AR:
            beside = next(
                (
                    other
                    for other in reports[order + 1 :]
                    if not other.nested and other.begins >= report.ends and (language == "en" or _parts(run, other))
                ),
                None,
            )
            if beside:
                right = run.words[said_ar.subject_start(run, beside) if language == "ar" else beside.begins].start
        yield report, left, len(_TRAILING.sub("", _HIS_WORDS.sub("", run.text[:right])))
