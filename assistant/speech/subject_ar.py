"""The subject of an Arabic clause that reports nothing: of «زار الوزير الميناء، مؤكدا أن» it is who goes on. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.agreement_ar import PLURAL_AR, agrees, may_go_on
from assistant.speech.apposition_ar import name_after_place
from assistant.speech.nouns_ar import is_boundary, is_party, without_and
from assistant.speech.particles_ar import OF_THAT_AR, WAS_AR
from assistant.speech.reporting_ar import THAT_AR
from assistant.speech.reports import COMMA
from assistant.speech.speaker_ar import LONGEST_SPEAKER, speaker_end
from assistant.words.lexicon import GIVEN_AR, MANY_AR, MEN_AR, WOMEN_AR, WRITINGS_AR, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.speech.reports import WordRun

NEAR = 6
"""Words that the name of a document may take before the verb that tells what is in it."""

LONGEST_DOCUMENT = 4
"""Words of an indefinite document and its adjectives, at most."""

LONGEST_FRONTED = 10
"""Words before the verb of a clause that a preposition opens."""

LONGEST_NOUN = 7
"""Words of a subject that stands before its verb."""

LONGEST_DATELINE = 6
"""Words before the colon of a dateline: سبق - الرياض."""

FARTHEST_RECEIVER = 36
"""Words that may stand between a verb of receiving and the verb that tells what was received."""

FEWEST_BEFORE = 3
"""Words before a verb in a sentence that tells what someone does first."""

FARTHEST_PUBLISHER = 20
"""Words that may stand between a verb of publishing and the verb that tells what was published."""

_PUBLISHES = folded("""
    نشر نشرت أصدر أصدرت ألقى ألقت كتب كتبت دون دونت وجه وجهت بعث بعثت أرسل أرسلت وزع وزعت بث بثت أطلق أطلقت تلا تلت
    أجرى أجرت عقد عقدت سلم سلمت
""")
"""Verbs of giving something to be read or heard."""

_RECEIVES = folded("تلقى تلقت يتلقى تتلقى تسلم تسلمت استلم استلمت ورد وردت وصل وصلت")
"""Verbs of being sent something."""

_CALLS = folded("اتصالا اتصال مكالمة محادثة دعوة")

_POSTS = folded("تدوينة تدوينا تغريدات منشورا فيديو تسجيلا مقالا خطبة كلمة مؤتمرا حوارا")

_STOP = re.compile(r"[.؛:!؟]")
_FULL_STOP = re.compile(r"[.؛!؟]")
_CONJUNCTIONS = folded("""
    حيث حينما عندما بعدما بعدها وبعدها إذ لكن ولكن بينما فيما كما وكما وقد فقد كان وكان كانت وكانت وكذلك
""")
"""Words after which a clause with its own subject may begin."""

_BEFORE_THAT = folded("غير بيد إلا يذكر ويذكر بالذكر الذكر")
"""Words before the «أن» of such a clause."""

_FRONTED = folded("""
    في وفي من ومن على وعلى خلال وخلال بعد وبعد قبل وقبل مع ومع عقب وعقب عند وعند إلى وإلى عن وعن أثناء وأثناء ضمن وضمن
""")
"""Prepositions in which a clause may begin whose verb follows later."""

_IN = folded("في وفي خلال وخلال")
_TALKS = folded("حديث حوار لقاء مقابلة اتصال مكالمة محادثة دردشة جلسة حديثنا حوارنا لقائنا اتصالنا")
_FATHER = folded("أبو أم ابن بنت عبد آل")
_ALL = "الجميع"
_BEFORE_VERB = folded("من جانبه جانبها جهته جهتها ناحيته ناحيتها وكان وكانت كان كانت قد وقد فقد بينما فيما كما")


def find_publisher(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` that name who made the document in which a verb tells something.

    «أصدر الحزب بيانا أكد فيه أن»: they follow the verb of publishing, or are the subject of the clause; else none.
    """
    for verb in range(number - 1, max(-1, number - FARTHEST_RECEIVER), -1):
        if without_and(run.folded[verb]) in _RECEIVES:
            return _sender(run, verb, number)
        if _STOP.search(run.gaps[verb]):
            break
    for verb in range(number - 1, max(-1, number - FARTHEST_PUBLISHER), -1):
        if publishes(run.folded[verb]):
            last = min(speaker_end(run, verb + 1), number)
            writing = (at for at in range(verb + 2, last) if _is_writing(run.folded[at]))
            last = next(writing, last)
            agrees_with = may_go_on(run.excerpt(verb + 1, last), run.folded[number])
            met = (verb + 1, verb + 1) if agrees_with else _met(run, last, number)
            return met if met[0] < met[1] else (verb + 1, last)
        if _STOP.search(run.gaps[verb]):
            break
    for at in range(number - 1, max(-1, number - FARTHEST_PUBLISHER), -1):
        opened = run.folded[at].removeprefix("ب")
        if opened in WRITINGS_AR and at + 1 < number and _opens_person(run, at + 1):
            return at + 1, min(number, speaker_end(run, at + 1))  # بكلمة سالم الحموي، أكد فيها
        if _STOP.search(run.gaps[at]):
            break
    document = next((at for at in range(number - 1, max(-1, number - NEAR), -1) if _is_writing(run.folded[at])), None)
    return (document, number) if document is not None else find_subject(run, number)


def _met(run: WordRun, opens: int, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` after «with», of whom a verb may tell: عقد مؤتمرا مع ميركل أعلنت فيه."""
    for at in range(opens, number - 1):
        if _FULL_STOP.search(run.gaps[at]) and at > opens:
            break
        if run.folded[at] == "مع":
            last = min(number, speaker_end(run, at + 1))
            named = last > at + 1 and may_go_on(run.excerpt(at + 1, last), run.folded[number])
            return (at + 1, last) if named else (number, number)
    return number, number


def _sender(run: WordRun, verb: int, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` after «from»: تلقى الملك برقية من الرئيس أكد فيها; none where none are."""
    sent = next(
        (at for at in range(verb + 1, number) if _is_writing(run.folded[at]) or run.folded[at] in _CALLS), number
    )
    first = next((at + 1 for at in range(sent, number) if run.folded[at] == "من"), number)
    last = min(number, speaker_end(run, first)) if first < number else first
    return first, last


def written_before(run: WordRun, number: int) -> tuple[int, int] | None:
    """Return the words that name whose the document is that a verb stands right after: أصدر الاتحاد بيانا قال إن."""
    for at in range(number - 1, max(0, number - LONGEST_DOCUMENT), -1):
        if run.gaps[at + 1].strip() or is_boundary(run.folded[at]):
            return None
        if _is_writing(run.folded[at]) and run.folded[at].endswith("ا"):
            first, last = find_publisher(run, number)
            return (first, last) if first < last else None
    return None


def publishes(word: str) -> bool:
    """Tell whether a word is a verb of giving something to be read or heard: وكتب."""
    return without_and(word) in _PUBLISHES


def find_document(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` of the document in which «جاء فيه» stands, or else who published it."""
    for first in range(number - 1, max(-1, number - FARTHEST_PUBLISHER), -1):
        if run.folded[first].removeprefix("ال") in WRITINGS_AR:
            return first, max(first + 1, min(number, speaker_end(run, first, attributed=True)))
        if _STOP.search(run.gaps[first]):
            break
    return find_publisher(run, number)


def _is_writing(word: str) -> bool:
    """Tell whether an indefinite word is of something written, in the accusative too: بيانا, تغريدة."""
    return word in WRITINGS_AR or word.removesuffix("ا") in WRITINGS_AR or word in _POSTS


def find_subject(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` that name the subject of the clause before a word; none where none is known.

    They follow the verb that opens the clause, or open it themselves, and begin with an office, a body or a person
    of the number and gender of the word, a participle or a verb. Of several clauses the nearest one counts.
    """
    opens = max((at + 1 for at in range(number) if _STOP.search(run.gaps[at + 1])), default=0)
    if run.folded[number].endswith(PLURAL_AR):
        return _last_many(run, _past_opening(run, opens, number), number)
    if run.folded[opens] in _IN and opens + 1 < number and run.folded[opens + 1] in _TALKS:
        first, last = _met(run, opens, number)
        if first < last:
            return first, last  # وفي حديث مع نسرين الحموي، أكدت أن
    for clause in _clauses(run, number):
        first, last = _subject_at(run, _past_opening(run, clause, number), number)
        if first < last:
            return first, last
    return number, number


def _clauses(run: WordRun, number: int) -> Iterator[int]:
    """Yield where the clauses open that stand before a word in its sentence, the nearest first."""
    for at in range(number - 1, 0, -1):
        if ":" in run.gaps[at] or _joins_clause(run, at - 1):
            yield at
        if _FULL_STOP.search(run.gaps[at]):
            yield at
            return
    yield 0


def _joins_clause(run: WordRun, number: int) -> bool:
    """Tell whether a clause that is nobody's words begins after a word: حيث, غير أن, يذكر أن."""
    if run.folded[number] in THAT_AR:
        return number == 0 or run.folded[number - 1] in _BEFORE_THAT
    return run.folded[number] in _CONJUNCTIONS


def _past_opening(run: WordRun, opens: int, number: int) -> int:
    """Return where a clause goes on after what stands before its verb: من جانبه، في البداية، وفي جانب آخر."""
    while opens < number and run.folded[opens] in _BEFORE_VERB:
        opens += 1
    if opens + 1 < number and run.folded[opens + 1] in OF_THAT_AR:
        return opens + 2  # أوضح ذلك الوزير وقال
    if opens < number and run.folded[opens] in _FRONTED:
        near = range(opens + 1, min(number, opens + LONGEST_FRONTED))
        return next((at for at in near if COMMA.search(run.gaps[at]) or _is_fronted(run, at)), opens)
    return opens


def _is_fronted(run: WordRun, number: int) -> bool:
    """Tell whether a verb stands at a word, with a person's name after it: وفي جانب آخر تواجد أبو محمد."""
    word, before = run.folded[number], run.folded[number - 1]
    if word.startswith(("ال", "ب", "ل", "وب", "ول")) or is_party(word) or is_boundary(word) or is_boundary(before):
        return False
    return number + 1 < len(run.words) and not run.gaps[number + 1].strip() and _opens_person(run, number + 1)


def _subject_at(run: WordRun, opens: int, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` of the subject that opens a clause or follows its first word; else none."""
    was = opens > 0 and run.folded[opens - 1] in WAS_AR
    for first in range(opens, min(number, opens + 2)):
        topic = was and first == opens and run.is_definite(first)  # وكانت المقاومة قد اشتكت، مشيرة إلى
        if topic or is_party(run.folded[first]) or _opens_person(run, first):
            last = speaker_end(run, first) if first > opens else _noun_end(run, first)
            named = name_after_place(run, first, last) if first > opens else last
            last = last if GIVEN_AR.isdisjoint(run.folded[last:named]) else named
            last = min(last, number, _first_joined(run, first, last))
            if first < last and agrees(run, first, run.folded[number]):
                return first, last
        if is_boundary(run.folded[first]):
            break
    return number, number


def _opens_person(run: WordRun, number: int) -> bool:
    """Tell whether a person's name begins at a word, or after the definite noun there: المبتعثة سماح."""
    given = [word in MEN_AR or word in WOMEN_AR for word in run.folded[number : number + 2]]
    titled = run.is_definite(number) or run.folded[number] in _FATHER
    return given[:1] == [True] or (given[1:] == [True] and titled)


def _last_many(run: WordRun, opens: int, number: int) -> tuple[int, int]:
    """Return the last people that are named between two words: of a verb or participle of many they are the subject."""
    for first in range(number - 1, opens - 1, -1):
        if run.folded[first] in _WHO:
            return who_many(run, first)
        if run.folded[first].removeprefix("ال") in MANY_AR or run.folded[first] == _ALL:
            return first, min(number, max(first + 1, speaker_end(run, first) if first else 1))
    return number, number


def subject_name(run: WordRun) -> str:
    """Return the words that name the subject of a whole sentence; none where none is known."""
    opens = next((at for at in range(1, min(len(run.words), LONGEST_DATELINE)) if ":" in run.gaps[at]), 0)
    for first in range(opens + 1, min(len(run.words), opens + 3)):
        if is_party(run.folded[first]) and not is_boundary(run.folded[first - 1]):
            last = speaker_end(run, first)
            return run.excerpt(first, last) if first < last else ""
    return ""


def acting_name(run: WordRun, number: int) -> str:
    """Return the word right after the one that opens a sentence in which a verb tells more: ويتفق هيكس، حيث يقول."""
    joined = run.folded[number].startswith("و") and without_and(run.folded[number]) != run.folded[number]
    if number < FEWEST_BEFORE or joined or run.gaps[1].strip() or is_boundary(run.folded[0]):
        return ""
    return run.excerpt(1, 2)


def who_many(run: WordRun, number: int) -> tuple[int, int]:
    """Return the words ``[first, last)`` for the people before «الذين», over what stands between: none for nobody."""
    for first in range(number - 1, max(-1, number - LONGEST_SPEAKER), -1):
        word = run.folded[first]
        if word.removeprefix("ال") in MANY_AR or (word.startswith("ال") and word.endswith(("ون", "ين"))):
            return first, first + 1
        if _STOP.search(run.gaps[first]):
            break
    return number, number


def _first_joined(run: WordRun, first: int, last: int) -> int:
    """Return the number of the first word after the first with «ب» or «ل» joined that is of no office; else `last`."""
    joined = (at for at in range(first + 1, last) if run.folded[at][0] in "بل" and run.folded[at] not in GIVEN_AR)
    return next((at for at in joined if not (is_party(run.folded[at][1:]) or is_party(run.folded[at]))), last)


def _noun_end(run: WordRun, first: int) -> int:
    """Return where a noun phrase that opens a clause ends: at the first word that is no title, definite or a name."""
    last = first + 1
    while last < min(len(run.words), first + LONGEST_NOUN) and not run.gaps[last].strip():
        word, before = run.folded[last], run.folded[last - 1]
        family = before in GIVEN_AR and not is_boundary(word)
        named = word in GIVEN_AR or family or word.startswith("ال") or is_party(word)
        if is_boundary(word) or not named:
            break
        last += 1
    return last


_WHO = folded("الذين اللذين اللذان")
