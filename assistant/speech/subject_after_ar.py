"""The subject right after an Arabic verb of saying. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.speech.addressee_ar import after_addressee
from assistant.speech.agreement_ar import disagrees
from assistant.speech.apposition_ar import name_after_place
from assistant.speech.blessings_ar import after_blessing, names_god, names_prophet
from assistant.speech.counted_ar import counted_end, pointed_end
from assistant.speech.nouns_ar import (
    SOME_AR,
    TITLES_AR,
    is_action,
    is_definite,
    is_known,
    is_noun,
    is_party,
    is_thing,
    may_name,
    without_and,
)
from assistant.speech.object_ar import object_start
from assistant.speech.particles_ar import (
    ABSTRACT_AR,
    AND_HE_AR,
    AS_AR,
    BEFORE_SPEAKER_AR,
    BUT_HE_AR,
    CLAUSES_AR,
    DUMB_AR,
    NAMES_TOO_AR,
    PRONOUN_PARTICLES_AR,
    TITLES_FOR_HE_AR,
    WAS_AR,
)
from assistant.speech.reporting_ar import (
    BARE_SAY_AR,
    DESCRIBES_AR,
    EXPLAINS_AR,
    GOVERNED_AR,
    HEARD_AR,
    IMPERFECT_AR,
    REVEALS_AR,
    SAY_AR,
    TAKES_NOUN_AR,
    THAT_AR,
    WEAK_SAY_AR,
)
from assistant.speech.reports import COMMA
from assistant.speech.speaker_ar import speaker_end
from assistant.speech.speaker_before_ar import speaker_before
from assistant.speech.verbs_ar import is_many, opens_clause, opens_speech, says_more
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import GIVEN_AR, folded
from index.statement import Stance
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

LONGEST_NAME = 3
"""Letters of a word with a final alef that may be a name."""

_THROUGH = "عبر"
"""The preposition, whose letters are those of a verb that «عن» follows."""

_ABOUT = fold_text("عن")
_BEFORE_CLAUSE = folded(
    "جهته جهتها جانبه جانبها جانبهم ناحيته ناحيتها أخرى ثانية ذلك السياق الإطار الصدد الذي التي الذين"
)
_JUDGES = frozenset({Stance.PRAISED, Stance.CRITICISED})
_ACCUSES = folded("اتهم اتهمت اتهموا يتهم تتهم")
_COUNTY = fold_text("مقاطعة")
"""A body whose letters are an act's, a boycott."""

_CALLS = folded("دعا دعت يدعو تدعو حث حثت يحث تحث ناشد ناشدت يناشد تناشد نصح نصحت ينصح تنصح حذر حذرت يحذر تحذر")
"""Verbs with which people are called on, besides those of demanding: وطالب أهالي القرية بـ is what they demand."""

_HEARERS = folded("""
    أصحاب أهل أهالي أولياء سكان ملاك أفراد أبناء بنات رجال نساء عموم مستخدمي قائدي سائقي مرتادي زوار رواد منسوبي منسوبات
    عشاق محبي جماهير متابعي قراء ذوي مربي معلمي معلمات طلاب طالبات شباب مواطني ركاب عملاء مستثمري تجار مزارعي حجاج
    معتمري زملاء زملاءه زميلاتها إخوانه إخوته أبناءه لاعبيه لاعبي مشجعي قادة زعماء ناخبي مسلمي حكومات دول شعوب
""")
"""Those who are called on as a rule."""

_REVEALED = folded("""
    تفاصيل ملابسات خفايا أسرار سر أسباب سبب ملامح معالم أبعاد بعد حقيقة هوية مدى حجم مستوى آفاق جوانب مضمون فحوى تداعيات
    مصير زيف عمق هشاشة أمورا أشياء شيئا مخاطر أخطار فداحة خطورة كم كيفية مكان موعد قيمة عجز ضعف قوة
""")
"""What shows when something reveals it, and says nothing."""

_ANY = folded("أي أية أيما معاليكم سموكم سعادتكم فضيلتكم جلالتكم فخامتكم سماحتكم سيادتكم حضرتكم")
_EVERY = folded("جميع كافة كل")


def subject_after(run: WordRun, number: int, verb: str, before: str) -> tuple[int, int]:
    """Return the words ``[first, last)`` of the subject after a verb; none where it stands before or is not named."""
    first = after_addressee(run, number + 1)
    nobody = first, first
    if (
        is_many(verb)
        or before in PRONOUN_PARTICLES_AR | BUT_HE_AR
        or (before in AND_HE_AR and verb in BARE_SAY_AR)
        or says_he(run, number)
    ):
        return nobody
    if verb == run.folded[number] and verb not in WEAK_SAY_AR:
        begins, ends = speaker_before(run, number)
        if begins < ends and begins and run.folded[begins - 1] in WAS_AR:
            return nobody
    if names_prophet(run, first):
        return first, after_blessing(run, first)
    if (last := counted_end(run, first)) > first or (last := pointed_end(run, first, verb)) > first:
        return _before_object(run, first, last, verb)
    last = speaker_end(run, first)
    if last == first and number + 1 < len(run.words) and run.folded[number + 1] not in BEFORE_SPEAKER_AR:
        first = number + 1
        last = speaker_end(run, first)
    if last == first:
        return nobody
    if _is_object(run, first, last, verb):
        return first, first
    if (further := name_after_place(run, first, last)) > last:
        return first, further
    first, last = _before_object(run, first, last, verb)
    return first, last + 2 * (last > first and _comes_from(run, first, last, verb))


def _comes_from(run: WordRun, first: int, last: int, verb: str) -> bool:
    """Tell whether the country follows from which someone with a name is: وأبدى المقيم أحمد محمد من مصر سروره."""
    if last + 2 >= len(run.words) or run.folded[last] != "من" or GOVERNED_AR.get(verb) == "من":
        return False
    named = not GIVEN_AR.isdisjoint(run.folded[first:last]) and not run.gaps[last].strip()
    return named and is_entity(run.folded[last + 1]) and not is_definite(run, last + 2)


def _before_object(run: WordRun, first: int, last: int, verb: str) -> tuple[int, int]:
    """Return a subject without the object that its run of words may hold; none where a description follows at once."""
    before_clause = verb in HEARD_AR or verb in DESCRIBES_AR
    if before_clause or (verb in TAKES_NOUN_AR | EXPLAINS_AR and not opens_speech(run, last, verb)):
        whole, last = last, object_start(run, first, last, verb)
        described = verb in DESCRIBES_AR and last == whole < len(run.words) and run.folded[last].startswith("ب")
        if described and (verb in IMPERFECT_AR or not _names_someone(run, first, last)):
            return first, first  # خطب تصف اللعبة بأنها
    return first, last


def _is_accused(run: WordRun, first: int, last: int, verb: str) -> bool:
    """Tell whether the one noun after a verb of accusing is who is accused: واتهمت الجماعة بنهب المال."""
    if verb not in _ACCUSES or last >= len(run.words) or COMMA.search(run.gaps[last]):
        return False
    word = run.folded[last]
    joined = run.folded[first - 1] != without_and(run.folded[first - 1])
    head = joined and (run.is_definite(first) or is_party(run.folded[first]))
    by = head and word.startswith("ب") and len(word) > 2 and not is_known(word)
    return by and not any(map(is_party, run.folded[first + 1 : last])) and object_start(run, first, last, verb) == last


def _is_called(run: WordRun, first: int, last: int, verb: str) -> bool:
    """Tell whether the people after a verb of calling are who is called, and he goes on: ودعا أصحاب المنشآت إلى."""
    goes_on = run.folded[first - 1] != verb or (first > 1 and run.folded[first - 2] in AS_AR)
    if not goes_on or verb not in _CALLS or run.folded[first] not in _HEARERS or COMMA.search(run.gaps[last]):
        return False
    other = object_start(run, first, last, verb)
    return other == last or run.folded[other].startswith(("ل", "ب"))


def is_told_by_nobody(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether a verb is a name or «through», or has an event for a subject, and no object: أكدت التجربة أن."""
    if verb == run.folded[number] and _is_no_verb(run, number, verb):
        return True
    near = number + 1 < len(run.words) and not run.gaps[number + 1].strip()
    dumb = near and run.folded[number + 1] in DUMB_AR
    return dumb and SAY_AR[verb] not in _JUDGES and verb not in DESCRIBES_AR


def _is_no_verb(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether the letters of a verb are a name or a preposition: الدكتورة أمل, تواصلوا عبر مواقع الإنترنت."""
    before = run.folded[number - 1] if number else ""
    if verb in NAMES_TOO_AR and without_and(before) in TITLES_AR | GIVEN_AR:
        return True
    opens = not before or before in CLAUSES_AR | AS_AR | _BEFORE_CLAUSE or run.gaps[number].strip()
    return verb == _THROUGH and not opens and _ABOUT not in run.folded[number + 1 : number + 3]


def is_told_by_thing(run: WordRun, first: int, number: int, verb: str) -> bool:
    """Tell whether the noun before a verb is a thing that shows a noun: عروض المتمردين تؤكد حقيقة."""
    said = says_more(run, number, verb) or opens_speech(run, number + 1, verb)
    return verb in TAKES_NOUN_AR and is_thing(run, first) and not said


def _names_someone(run: WordRun, first: int, last: int) -> bool:
    """Tell whether some words may name who describes: ووصف الباحث سوق القمح بأنها, not ووصف حادث التفجير بأنه."""
    head = run.folded[first]
    return head in SOME_AR or is_party(head) or any(map(is_known, run.folded[first:last]))


def _is_object(run: WordRun, first: int, last: int, verb: str) -> bool:
    """Tell whether the noun after a verb is no subject of it: of another gender, an action, or «all of them»."""
    if (run.folded[first] in ABSTRACT_AR and last == first + 1) or run.folded[first] in DUMB_AR | _ANY:
        return True  # تؤكد الوقائع أن
    clause = opens_clause(run, last, verb)
    if disagrees(run, first, verb) and (verb in TAKES_NOUN_AR or not clause):
        return True
    if _is_accused(run, first, last, verb) or _is_called(run, first, last, verb):
        return True
    if run.folded[first] in _REVEALED and not clause:
        return True  # كشف تفاصيل الحادث
    office = last < len(run.words) and bool(COMMA.search(run.gaps[last])) and is_noun(run.folded[last])
    if run.folded[first] != _COUNTY and is_action(run, first) and not (clause or office):
        return True
    word = run.folded[first]
    if verb in DESCRIBES_AR and word.endswith("ا") and len(word) > LONGEST_NAME and not is_known(word):
        return True  # تصف نوعا
    if verb in IMPERFECT_AR and verb in TAKES_NOUN_AR and not clause:
        named = may_name(run, first) or any(is_known(word) for word in run.folded[first:last])
        reveals = verb in REVEALS_AR and not (named or opens_speech(run, last, verb))
        if reveals or is_thing(run, first):
            return True  # قصة تكشف أخطار الحرب
    every = verb in TAKES_NOUN_AR and run.folded[first] in _EVERY
    return every and THAT_AR.isdisjoint(run.folded[last : last + 2])


def says_he(run: WordRun, number: int) -> bool:
    """Tell whether a title or a blessing stands for the subject after a verb, as «he» does: وأضاف سموه."""
    if number + 1 >= len(run.words):
        return False
    return run.folded[number + 1] in TITLES_FOR_HE_AR or (
        after_blessing(run, number + 1) > number + 1
        and not (names_god(run, number + 1) or names_prophet(run, number + 1))
    )
