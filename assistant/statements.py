"""Who said what: reported speech in Arabic and English articles, with its speaker and its exact run. Pure.

A statement is found by its reporting verb. The speaker stands after the verb (قال لافروف، said Lavrov), before it
(وكان لافروف قال، Lavrov said), or is the one who spoke last (وأضاف، he added). A verb inside quotation marks reports
nothing: the words are the quoted speaker's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from assistant.lexicon import (
    ATTRIBUTION_AR,
    BOUNDARY_AR,
    BOUNDARY_EN,
    ROLES_AR,
    ROLES_EN,
    SAID_IT_AR,
    SAY_AR,
    SAY_EN,
    TAKES_BI,
    WEAK_SAY_AR,
)
from index.chunk import body_sentences
from index.text import Token, fold_text, tokens

if TYPE_CHECKING:
    from index.types import Article, Language

LONGEST_SPEAKER = 12
"""Words that a speaker's name and role may take."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Reported speech in one sentence of an article; all offsets are code points into the article's text.

    `speaker` is how the article names who speaks, taken from an earlier sentence where this one does not; `mentions`
    holds every form in which the article names the same speaker. ``[start, end)`` is the run that belongs to the
    statement, the speaker and the verb included.
    """

    sentence: tuple[int, int]
    start: int
    end: int
    speaker: str
    mentions: tuple[str, ...]
    verb: str
    speaker_span: tuple[int, int] | None


class _Found(NamedTuple):
    """A reporting verb of one sentence: the run of its tokens that name the speaker (empty where it names none)."""

    verb: int
    first: int
    last: int
    nested: bool


def find_statements(article: Article) -> tuple[Statement, ...]:
    """Return the statements of an article in reading order."""
    speakers = _Speakers()
    statements: list[Statement] = []
    pending: list[tuple[tuple[int, int], int, int, int, str, tuple[int, int] | None]] = []
    previous: int | None = None
    for sentence in body_sentences(article):
        start, end = sentence
        text = article.text[start:end]
        words = tokens(text)
        for found in _scopes(text, words, _find(text, words, article.language)):
            (verb, first, last, nested), left, right = found
            span = None
            if first < last:
                span = (start + words[first].start, start + words[last - 1].end)
                identity = speakers.add(article.text[slice(*span)])
            elif previous is not None and not nested:
                identity = previous
            else:
                continue
            if not nested:
                previous = identity
            pending.append(
                (sentence, start + left, start + right, identity, words[verb].text if verb >= 0 else ":", span)
            )
    for sentence, left, right, identity, verb_text, span in pending:
        mentions = speakers.mentions(identity)
        statements.append(Statement(sentence, left, right, max(mentions, key=len), mentions, verb_text, span))
    return tuple(statements)


class _Speakers:
    """The speakers of one article, each under all the forms that name them."""

    def __init__(self) -> None:
        self._forms: list[list[str]] = []
        self._words: list[set[str]] = []

    def add(self, mention: str) -> int:
        """Return the number of the speaker that a mention names, a new one where it fits none."""
        words = {_bare(token.text) for token in tokens(mention)}
        name = {_bare(word) for word in name_part(mention)}
        for number in range(len(self._forms) - 1, -1, -1):
            known = self._words[number]
            known_name = {_bare(word) for form in self._forms[number] for word in name_part(form)}
            same_name = bool(name) and bool(known_name) and (name <= known_name or known_name <= name)
            same_role = not name and words <= known
            if same_name or same_role:
                self._words[number] |= words
                if mention not in self._forms[number]:
                    self._forms[number].append(mention)
                return number
        self._forms.append([mention])
        self._words.append(words)
        return len(self._forms) - 1

    def mentions(self, number: int) -> tuple[str, ...]:
        return tuple(self._forms[number])


def _bare(word: str) -> str:
    """Return an Arabic word without its article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def name_part(mention: str) -> list[str]:
    """Return the folded words of a mention that are a person's own name, without the office before or after it.

    In «وزير الخارجية الروسي سيرغي لافروف» these are the last two. A mention that is all office has none.
    """
    words = tokens(mention)
    name: list[str] = []
    for token in reversed(words):
        word = token.text
        if "a" <= word[0] <= "z":
            if word in ROLES_EN or not mention[token.start].isupper():
                if name:
                    break
                continue
            name.insert(0, word)
            continue
        governed = len(name) == 0 and len(words) > 1 and word.startswith("ال")
        if word in ROLES_AR or (word.startswith("ال") and not governed):
            break
        if governed:
            before = words[words.index(token) - 1].text
            if before in ROLES_AR or before.startswith(("ال", "لل", "و")):
                break
        name.insert(0, word)
    return name


def _find(text: str, words: list[Token], language: Language) -> list[_Found]:
    if not words:
        return []
    quoted = _quotations(text)
    head = _heading(text, words, language)
    found = [head] if head else []
    for number, word in enumerate(words):
        if word.text not in SAID_IT_AR and any(left < word.start < right for left, right in quoted):
            continue
        match = _arabic_verb(text, words, number) if language == "ar" else _english_verb(text, words, number)
        if match and not (head and match.verb < head.last):
            found.append(match)
    return found


def _scopes(text: str, words: list[Token], found: list[_Found]) -> list[tuple[_Found, int, int]]:
    """Give each verb the run it reports: to the next verb that stands beside it, not below it."""
    scoped = []
    for order, match in enumerate(found):
        first = min(match.verb, match.first) if match.first < match.last and match.verb >= 0 else max(match.verb, 0)
        outermost = all(other.nested for other in found[:order])
        left = 0 if outermost and not match.nested else words[first].start
        right = len(text)
        attributed = match.verb >= 0 and words[match.verb].text in ATTRIBUTION_AR
        for other in [] if attributed else found[order + 1 :]:
            if not other.nested:
                right = words[min(other.verb, other.first) if other.first < other.last else other.verb].start
                break
        scoped.append((match, left, len(text[:right].rstrip(" \u00a0،,"))))
    return scoped


_QUOTATION = re.compile(r"“[^“”]*(?:“[^”]*”[^“”]*)*”|«[^«»]*»|\"[^\"]*\"|”[^“”]*”")


def _quotations(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTATION.finditer(text)]


def _heading(text: str, words: list[Token], language: Language) -> _Found | None:
    """Find "الكرملين: ..." and "Kremlin: ...": a short name, a colon, and what is said."""
    colon = text.find(":")
    if colon < 0 or colon + 1 >= len(text.rstrip()) or text[colon + 1].isdigit():
        return None
    before = [word for word in words if word.end <= colon]
    if not 0 < len(before) <= 4 or text[: before[0].start].strip():
        return None
    verbs, boundary = (SAY_AR, BOUNDARY_AR) if language == "ar" else (SAY_EN, BOUNDARY_EN)
    if any(word.text in boundary or word.text in verbs or _without_and(word.text) in verbs for word in before):
        return None
    return _Found(-1, 0, len(before), nested=False)


def _without_and(word: str) -> str:
    return word[1:] if word[:1] in ("و", "ف") and len(word) > 3 else word


def _gap(text: str, words: list[Token], number: int) -> str:
    """Return what stands between a word and the next one."""
    return text[words[number].end : words[number + 1].start] if number + 1 < len(words) else text[words[number].end :]


_GOVERNS_NOUN = frozenset(
    fold_text(word)
    for word in [
        "على",
        "في",
        "من",
        "عن",
        "دون",
        "بدون",
        "إلى",
        "بعد",
        "قبل",
        "مع",
        "خلال",
        "هذا",
        "ما",
        "كل",
        "أي",
        "إثر",
        "حول",
        "لم",
    ]
)
_PARTICLES = frozenset(
    fold_text(word) for word in ["أن", "إن", "كان", "وكان", "كانت", "وكانت", "قد", "وقد", "فقد", "كما", "ثم"]
)


def _arabic_verb(text: str, words: list[Token], number: int) -> _Found | None:
    word = words[number].text
    before = words[number - 1].text if number else ""
    if word in SAID_IT_AR or _says_it(word):
        last = _subject_after(text, words, number + 1)
        return _Found(number, number + 1, last, nested=True) if last > number + 1 else None
    if word in ATTRIBUTION_AR:
        last = _subject_after(text, words, number + 1, strip_lam=True)
        return _Found(number, number + 1, last, nested=False) if last > number + 1 else None
    if word not in SAY_AR and _without_and(word) not in SAY_AR or before in _GOVERNS_NOUN:
        return None
    weak = word in WEAK_SAY_AR or _without_and(word) in WEAK_SAY_AR
    nested = _nested(words, number)
    last = _subject_after(text, words, number + 1)
    if last > number + 1:
        if weak and not (nested or word != _without_and(word) or number <= 3 or text[words[number - 1].end] in "،,"):
            return None
        return _Found(number, number + 1, last, nested)
    first = _subject_before(text, words, number) if word == _without_and(word) else number
    if first < number:
        return _Found(number, first, number, nested)
    joined = word != _without_and(word) or before in _PARTICLES or number == 0
    return _Found(number, number, number, nested) if joined and not weak else None


def _says_it(word: str) -> bool:
    """Tell whether a word is a reporting verb with its object joined: اعتبرها البيت الأبيض، نفته موسكو."""
    return any(word.endswith(object_) and word.removesuffix(object_) in SAY_AR for object_ in ("ه", "ها", "هم"))


def _nested(words: list[Token], number: int) -> bool:
    """Tell whether a verb stands below «أن», so that another speaker reports it."""
    return any(
        word.text in ("ان", "بان", "انه", "انها", "بانه", "بانها") for word in words[max(0, number - 10) : number]
    )


def _subject_after(text: str, words: list[Token], first: int, *, strip_lam: bool = False) -> int:
    """Return where the speaker that begins at a word ends; `first` where none begins there."""
    last = first
    bare_names = 0
    takes_bi = bool(first) and _without_and(words[first - 1].text) in TAKES_BI
    while last < len(words) and last - first < LONGEST_SPEAKER:
        word = words[last].text
        gap = text[words[last - 1].end : words[last].start]
        if last > first and re.search(r"[:\"“”«»()؛…]|\.", gap) or last == first and re.search(r"[:\"“«،,؛.]", gap):
            break
        if _ends_speaker(words, last, first, strip_lam=strip_lam):
            break
        if last > first and re.search("[،,]", gap) and not _apposition(text, words, last):
            break
        if bare_names and word.startswith("ال") and _two_definite(text, words, last):
            break
        if bare_names and (_is_preposed(word) or takes_bi and word.startswith("ب")):
            break
        if not word.startswith(("ال", "لل")) and word not in ROLES_AR:
            bare_names += 1
        last += 1
    return last


def _ends_speaker(words: list[Token], number: int, first: int, *, strip_lam: bool) -> bool:
    word = words[number].text
    if word in BOUNDARY_AR or word in SAY_AR or _without_and(word) in SAY_AR or word[0].isdigit():
        return True
    if number == first:
        return word == "من" or (_is_preposed(word) and not strip_lam)
    return word == "من" and words[number - 1].text != "كل"


_PREPOSED = re.compile("(?:بال|لل|بت|بم|لت|لم)")


def _is_preposed(word: str) -> bool:
    """Tell whether a preposition is joined to a word; a name that begins like one is told by what follows."""
    return bool(_PREPOSED.match(word)) and len(word) > 4


def _two_definite(text: str, words: list[Token], number: int) -> bool:
    following = number + 1 < len(words) and not _gap(text, words, number).strip()
    return following and words[number + 1].text.startswith("ال")


def _apposition(text: str, words: list[Token], number: int) -> bool:
    """Tell whether the words after a comma name the speaker again: few, and closed by a comma or «أن»."""
    for last in range(number, min(number + 5, len(words))):
        if last > number and words[last].text in BOUNDARY_AR:
            return words[last].text in ("ان", "بان")
        if words[last].text in BOUNDARY_AR or words[last].text in SAY_AR or _without_and(words[last].text) in SAY_AR:
            return False
        if re.search("[،,]", _gap(text, words, last)):
            return True
    return False


_OPENS_CLAUSE = re.compile(r"[.…؛:\"“”«»()]")


def _subject_before(text: str, words: list[Token], number: int) -> int:
    """Return where the speaker that ends before a verb begins; `number` where none does."""
    first = number
    commas = 0
    while first > 0 and number - first < LONGEST_SPEAKER:
        gap = _gap(text, words, first - 1)
        word = words[first - 1].text
        if _OPENS_CLAUSE.search(gap):
            break
        if re.search("[،,]", gap):
            commas += 1
            if commas > 2:
                break
        if word in _PARTICLES or word in ("بان", "انه"):
            return first
        if word in BOUNDARY_AR or word in SAY_AR or _without_and(word) in SAY_AR:
            return number
        first -= 1
    return first if commas <= 1 or first == 0 else number


_PRONOUNS_EN = frozenset({"he", "she", "they", "who"})


def _english_verb(text: str, words: list[Token], number: int) -> _Found | None:
    word = words[number].text
    if word == "according" and number + 2 < len(words) and words[number + 1].text == "to":
        last = _english_after(text, words, number + 2)
        return _Found(number, number + 2, last, nested=False) if last > number + 2 else None
    if word not in SAY_EN or not text[words[number].start].islower():
        return None
    nested = _nested_english(text, words, number)
    if number and words[number - 1].text in _PRONOUNS_EN:
        return _Found(number, number, number, nested)
    first = _english_before(text, words, number)
    if first < number:
        return _Found(number, first, number, nested)
    quoted = number == 0 or re.search('["”,]', _gap(text, words, number - 1))
    last = _english_after(text, words, number + 1) if quoted else number + 1
    return _Found(number, number + 1, last, nested) if last > number + 1 else None


_PARTS_CLAUSES = re.compile(r"[,;:\"“”]")


def _nested_english(text: str, words: list[Token], number: int) -> bool:
    """Tell whether a verb stands below another reporting verb: after «that», or in «said Britain expected»."""
    for before in range(number - 1, max(-1, number - 12), -1):
        if words[before].text == "that":
            return True
        if words[before].text in {"and", "but", "while"} or _PARTS_CLAUSES.search(_gap(text, words, before)):
            return False
        if words[before].text in SAY_EN and text[words[before].start].islower():
            return True
    return False


def _names_someone(text: str, words: list[Token], first: int, last: int) -> bool:
    return any(
        (text[word.start].isupper() and word.text not in _PRONOUNS_EN | _FUNCTION) or word.text in ROLES_EN - _FUNCTION
        for word in words[first:last]
    )


_FUNCTION = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "for",
        "to",
        "and",
        "his",
        "her",
        "their",
        "its",
        "'s",
        "s",
        "mr",
        "us",
        "former",
        "special",
        "state",
    ]
)


def _english_after(text: str, words: list[Token], first: int) -> int:
    last = first
    while last < len(words) and last - first < LONGEST_SPEAKER:
        if last > first and re.search(r"[:\"“”.;()]", text[words[last - 1].end : words[last].start]):
            break
        if last > first and "," in text[words[last - 1].end : words[last].start]:
            break
        word = words[last]
        if not (text[word.start].isupper() or word.text in ROLES_EN):
            break
        last += 1
    return last if _names_someone(text, words, first, last) else first


def _english_before(text: str, words: list[Token], number: int) -> int:
    first = number
    commas = 0
    while first > 0 and number - first < LONGEST_SPEAKER:
        gap = _gap(text, words, first - 1)
        word = words[first - 1].text
        if re.search(r"[:\"“”;()]|\.\s", gap) or (word in BOUNDARY_EN and word not in ROLES_EN) or word in SAY_EN:
            break
        commas += gap.count(",")
        if commas > 2:
            break
        first -= 1
    if commas == 1:
        # One comma parts an opening phrase from the speaker: "In Ankara, the president said".
        while first < number and "," not in _gap(text, words, first):
            first += 1
        if first == number - 1:
            return _english_before(text, words, number - 1) if number > 1 else number
        first += 1
    return first if _names_someone(text, words, first, number) else number
