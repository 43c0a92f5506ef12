"""What an Arabic noun is by its letters and by the words beside it: an office, an action, someone's own. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.particles_ar import AS_AR, BOUNDARY_AR, EXTENT_AR, UPON_AR
from assistant.speech.reporting_ar import DUAL_AR, SAY_AR
from assistant.speech.reports import COMMA
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import BODIES_AR, GIVEN_AR, HONORIFICS_AR, PEOPLE_AR, ROLES_AR, WRITINGS_AR, folded

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

_SHAPED = folded("استخبارات تنظيم انتقالي تحقيق تلفزيون ترشيح تلميذ تكريتي إعلام")
"""Nouns in the shape of actions that name who speaks."""
_MASDAR = re.compile(
    r"""است\w{1,3}ا\w{1,2} | ت\w\wي\w | ا\wت\w?ا\w | ان\w\wا\w | اقرار | توصل | تخلي | تمسك | اعلان | اتفاق
    | حصول | وصول | دخول | خروج | قيام | زياره | حرص""",
    re.VERBOSE,
)
"""Actions by their letters, and some that have no shape of their own."""
_OTHER_ACTIONS = folded("""
    زيادة إنشاء دعم رفع بدء منح فتح وقف منع نقل عقد قيام وصول وجود إقامة مساندة إطلاق إغلاق إلغاء إصدار إرسال إعطاء دخول
    حصول قبول رغبة نية مقتل إصابة وفاة ضبط القبض تعاقد تعيين هطول نشوب اندلاع لجوء حدوث ظهور هبوط صعود عودة
    نجاح فشل صدور وقوع سقوط بلوغ رجوع عزل فصل نشر طرح طلب صرف دفع قطع حل حظر حجز خفض رفض ربط شن غلق فرض هدم بناء شراء
    بيع إدراج توقف تقدم تأخر تحسن تحول تدخل تخرج تراجع تعاون تضامن تجاوز تفاقم تصاعد تزايد تواصل تواجد تعرض تحمل تطور
    تولي تحدي مواصلة محاولة متابعة مشاركة مواجهة معالجة مكافحة محاربة محاسبة مقاطعة ملاحقة مناقشة مراجعة مراقبة مضاعفة
    مغادرة محاكمة ضعف توفر توفير خلو غياب حضور قدرة عجز مصادرة ممارسة مراعاة مساواة
    معاملة معاقبة مقاضاة محاصرة مخاطبة مواساة مصالحة مساءلة مطاردة معاينة مجابهة سحب طرد سجن شطب دمج ضم نزع خطف حرق حذف
    جلب علاج قصف قتل حصار فك كسر صيانة حماية رعاية حرمان حصر رصد ضخ نبذ صد ردع كبح سن فرار هروب نزوح دفن خوض فحص بحث
""")
"""Actions that are not told by their letters."""

_WRITERS = folded("مراسل مندوب موفد مصادر مصدر")
SOME_AR = folded("غالبية معظم أغلب بعض كل جميع كافة أكثر عدد مجموعة أحد إحدى أي")
"""Nouns for some or all of those named after them."""
SHARES_AR = SOME_AR - folded("مجموعة غالبية")
"""Nouns that name nobody without those of whom they are some."""

_PLURAL_THING = re.compile(r"ا\w\wا\w|م\wا\wي?\w")
_IFAL = re.compile(r"ا\w\wا\w")
_PERSONS = ROLES_AR | PEOPLE_AR | GIVEN_AR
ONE_OF_THEM_AR = folded("""
    أحدهم أحدها إحداهن إحداهم بعضهم بعضهن معظمهم معظمهن أغلبهم أكثرهم كلهم جميعهم غالبيتهم كلاهما كلاهم كثيرهم
    أولهم ثانيهم آخرهم
""")
"""Nouns for some or all of those who were named."""

LIKE_HERS_AR = folded("أبها")
"""Names that end as nouns with a pronoun do."""

SELF_AR = folded("ذاته ذاتها نفسه نفسها")
_OF_STORIES = folded("""
    امرأة مرأة فتاة ولد صديق صديقة زميل زميلة جار جارة رسول نبي فيلسوف مفكر أديب مؤرخ مبتعث مبتعثة مزارع
    متخصص متخصصة مختص مختصة مختصون مصمم مصممة
""")
"""People of stories and columns."""
_NOUNS = PEOPLE_AR | HONORIFICS_AR | WRITINGS_AR | _OF_STORIES
_PARTIES = ROLES_AR | _NOUNS
_JOINED = re.compile(r"و?(?:بال|لل)\w\w")
_PREPOSED = re.compile(r"(?:بال|لل|بت|بم|لت|لم)\w\w")


TITLES_AR = folded("""
    الدكتور الدكتورة المهندس المهندسة الأستاذ الأستاذة اللواء العميد العقيد المقدم الرائد النقيب السيد السيدة الشيخ
    الشيخة الأمير الأميرة الملك الملكة الفريق القاضي القاضية البروفيسور البروفيسورة البرفسور المحامي المحامية الآنسة
    الحاج الحاجة الكابتن الجنرال الملازم الرقيب العريف القس الأب المطران البابا السفير السفيرة النائب النائبة
""")
"""Titles in which a holder's name begins."""


def without_and(word: str) -> str:
    """Return a folded word without the conjunction joined before it."""
    return word[1:] if word[:1] in ("و", "ف") and (len(word) > 3 or word == "وحث") else word


def as_start(run: WordRun, number: int) -> int:
    """Return where «as» begins before a verb: كما قال, على حد قوله, «، على ما أفاد»; the verb's number without it."""
    before = run.folded[number - 1] if number else ""
    upon = number > 1 and run.folded[number - 2] == UPON_AR
    if upon and before == "ما" and COMMA.search(run.gaps[number - 2]):
        return number - 2
    return number - 1 if before in AS_AR or (before == UPON_AR and run.folded[number] == EXTENT_AR) else number


def is_boundary(word: str) -> bool:
    """Tell whether no speaker's name runs across a word, with «and» before it or without."""
    verb = word if word in SAY_AR else without_and(word)
    if word in BOUNDARY_AR or (verb in SAY_AR and verb not in DUAL_AR):
        return True
    return word[:1] in ("و", "ف") and len(word) > 2 and word[1:] in BOUNDARY_AR


def is_role(word: str) -> bool:
    """Tell whether a word is of an office or a body, with «ل» joined to it or without: لجامعة الدول العربية."""
    return word in ROLES_AR or word.removeprefix("ل") in ROLES_AR


def is_noun(word: str) -> bool:
    """Tell whether a word is of an office, for a person or for what is written, and no one's own name."""
    return is_role(word) or word in _NOUNS


def is_known(word: str) -> bool:
    """Tell whether a word is a given name, a country or body, or of an office."""
    return word in GIVEN_AR or is_entity(word) or is_role(word)


def is_masdar(run: WordRun, number: int) -> bool:
    """Tell whether a word is an action, and not who speaks: استقرار, تنفيذ, التوصل."""
    written = run.text[run.words[number].start]
    if written == "أ":
        return False  # أنطوان: actions are written with «إ» or a plain alef
    word = run.folded[number] if written == "إ" else run.folded[number].removeprefix("ال")
    known = word in BODIES_AR or word in PEOPLE_AR or word in WRITINGS_AR or word in GIVEN_AR or word in _SHAPED
    action = _MASDAR.fullmatch(word) or (word == run.folded[number] and _IFAL.fullmatch(word))
    return bool(action) and not known and not is_entity(word)


def is_action(run: WordRun, number: int) -> bool:
    """Tell whether a word is an action, by its letters or not: إطلاق, زيادة, استشهادهم."""
    word = run.folded[number]
    return (
        is_masdar(run, number)
        or word.removesuffix("ا") in _OTHER_ACTIONS
        or word in _OTHER_ACTIONS
        or (is_owned(run, number) and is_shaped(word))
    )


def _is_action_word(word: str) -> bool:
    """Tell whether a folded word has the letters of an action: اندلاع."""
    shaped = _MASDAR.fullmatch(word) or _IFAL.fullmatch(word) or word in _OTHER_ACTIONS
    return bool(shaped) and word not in _SHAPED


def is_shaped(word: str) -> bool:
    """Tell whether a folded word has the letters of an action, with a pronoun joined or without: اندلاع, اعتدائه."""
    return _is_action_word(word) or _is_action_word(word.removesuffix("ها").removesuffix("هم").removesuffix("ه"))


def is_owned(run: WordRun, number: int) -> bool:
    """Tell whether a word carries the pronoun of whose it is, and is no person: كلمته, استعدادها, not نائبه."""
    word = run.folded[number]
    if (
        len(word) < 4
        or word in SELF_AR
        or word in ONE_OF_THEM_AR | LIKE_HERS_AR
        or word.startswith(("ال", "و"))
        or word.endswith("يه")
        or is_role(word)
        or is_entity(word)
    ):
        return False
    bare = word.removesuffix("ها").removesuffix("هم")
    if bare == word:
        # The folded «ه» may be the «ة» of a noun.
        bare = word[:-1] if ends_in_his(run, number) else word
    return bare != word and _PERSONS.isdisjoint({bare, word, bare[:-1] + "ه"})


def is_ours(word: str) -> bool:
    """Tell whether a word carries «our»: واقعنا; who writes for the outlet may speak: مراسلنا."""
    ours = word.endswith("نا") and len(word) > 4 and not word.startswith("ال")
    return ours and not (is_known(word) or word.removesuffix("نا") in _WRITERS)


def is_bare_noun(word: str) -> bool:
    """Tell whether a definite word is no adjective: الحكومة after البيان, not التركي after الرئيس."""
    return word.startswith("ال") and not word.endswith(("ي", "يه", "ين", "ون"))


def is_definite(run: WordRun, number: int) -> bool:
    """Tell whether a definite noun follows the word before it without a mark."""
    if number >= len(run.words) or run.gaps[number].strip():
        return False
    return run.folded[number].startswith("ال") and not is_boundary(run.folded[number])


def is_of_definite(run: WordRun, number: int) -> bool:
    """Tell whether a bare noun is made definite by the noun it is joined to, or by one after that: حادث التفجير."""
    for following in range(number + 1, min(number + 4, len(run.words))):
        word = run.folded[following]
        if run.gaps[following].strip() or word == "من" or is_boundary(word) or _JOINED.match(word):
            return False
        if run.is_definite(following) or ends_in_his(run, following) or word.endswith("ها"):
            return True
        adjective = following == number + 1 and word.endswith(("ي", "يه"))
        if adjective and number and not run.folded[number - 1].startswith("ال"):
            return False  # وسائل إعلام ألمانية
        if word in GIVEN_AR or is_role(word):
            return False
    return False


def is_preposed(word: str) -> bool:
    """Tell whether a preposition is joined to a word; a name that begins like one is told by what follows."""
    return bool(_PREPOSED.match(word))


def is_party(word: str) -> bool:
    """Tell whether a word is of an office, a body, a country, or for a person or what is written."""
    return any(form in _PARTIES or is_entity(form) for form in (word, word.removeprefix("ال")))


def is_thing(run: WordRun, number: int) -> bool:
    """Tell whether an indefinite noun that a definite one follows is no party and no known name: أخطار الحرب."""
    word = run.folded[number]
    if run.is_definite(number) or is_party(word) or is_known(word) or word in SOME_AR or number + 1 >= len(run.words):
        return False
    if not (is_definite(run, number + 1) or is_owned(run, number + 1)):
        return False
    return not word.startswith(("ا", "و")) or word.endswith("ه") or bool(_PLURAL_THING.fullmatch(word))


def may_name(run: WordRun, number: int) -> bool:
    """Tell whether a noun may be or begin the name of who speaks: a party, or a name by its letters."""
    word = run.folded[number]
    if is_party(word):
        return True
    if word.startswith("ال"):
        return word.endswith(("ي", "ون", "ين"))
    return not ends_in_she(run, number) and not is_masdar(run, number)


def is_joined(word: str) -> bool:
    """Tell whether a preposition and the article are joined to a word: بالتحري."""
    return bool(_JOINED.match(word))


def ends_in_she(run: WordRun, number: int) -> bool:
    """Tell whether a word ends in «ة», which is folded with «ه»."""
    return run.text[run.words[number].end - 1] == "ة"


def ends_in_his(run: WordRun, number: int) -> bool:
    """Tell whether a word ends in «ه», which «ة» is folded with."""
    return run.text[run.words[number].end - 1] == "ه"
