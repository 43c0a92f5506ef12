"""Gender and number of Arabic verbs and nouns: which noun may be the subject of which verb. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.speech.blessings_ar import is_god
from assistant.speech.mentions import name_part
from assistant.speech.nouns_ar import ends_in_she, is_definite, is_noun, is_role, without_and
from assistant.speech.particles_ar import GOD_AR, PRAYS_AR
from assistant.speech.reporting_ar import (
    BARE_SAY_AR,
    HEARD_AR,
    IMPERFECT_AR,
    OBJECT_AND_BI_AR,
    SAY_AR,
    SAYING_AR,
    TAKES_NOUN_AR,
)
from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import GIVEN_AR, HONORIFICS_AR, MANY_AR, MEN_AR, ROLES_AR, WOMEN_AR, WRITINGS_AR, folded
from index.text import fold_text, tokens

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

_BROKEN_PLURAL = re.compile(r"ال\w\wا\w[^\Wيه]")
"""Broken plurals: الهياكل, المصانع."""

_HAILS = folded("نصح نصحت ينصح تنصح دعا دعت طالب طالبت حث حثت ناشد ناشدت يدعو تدعو يطالب تطالب يناشد")
"""Verbs of calling on someone, who is named right after them as often as the caller."""

CALLED_AR = folded("شباب جميع كل كافة أطراف شعب ناس مجتمع جهات قوى دول فرقاء")
"""Those who are called on as a rule, and seldom call."""

_MEN = folded("قضاة قادة سادة أساتذة طلبة دعاة أئمة رعاة مغاربة بحارة مارة ورثة صيادلة عمدة خليفة علامة")
"""Words for men that end like feminine nouns."""

_HE = folded("مجتمع مجلس حزب جيش بنك مصرف اتحاد مركز برلمان صندوق تحالف ائتلاف تيار نادي فريق معهد بيت")
"""Masculine nouns for bodies."""


def disagrees(run: WordRun, number: int, verb: str) -> bool:
    """Tell whether the noun after a verb is of another gender, and so its object: وطالب الحكومة بـ, دعت مجلس الأمن."""
    word = run.folded[number]
    if verb in PRAYS_AR and word in GOD_AR:
        return True
    if verb in _HAILS and is_entity(word) and not (word.startswith("ال") or word.endswith("ي") or says_she(verb)):
        return True
    accusative = word.startswith("ال") and word.endswith("ين") and not is_entity(word) and not is_role(word[2:])
    if verb in HEARD_AR and accusative:
        return True  # وشكر اللاعبين على
    if verb in _HAILS and (accusative or word.removeprefix("ال") in CALLED_AR or _BROKEN_PLURAL.fullmatch(word)):
        return True
    bare = word.removeprefix("ال")
    she = says_she(verb)
    if bare in MANY_AR and is_definite(run, number + 1) and run.folded[number + 1].endswith("ين"):
        return True  # دعا الأطباء اليمنيين: their adjective is in the accusative
    things = word.startswith("ال") and (bare.endswith("ات") or bare == "امم") and word not in GIVEN_AR
    if things and verb in TAKES_NOUN_AR and not she:
        return True  # يدعو الجمعيات للكشف
    if ends_in_she(run, number):
        return not she and word not in HONORIFICS_AR and word not in GIVEN_AR and bare not in _MEN
    return she and bare in _HE


def says_she(word: str) -> bool:
    """Tell whether a verb or a participle is feminine: وأكدت, تؤكد, مؤكدة."""
    for form in (word, without_and(word)):
        if form in _HE_DREW:
            return False
        if form in SAYING_AR:
            return form.endswith("ه")
        if form in IMPERFECT_AR:
            return form.startswith("ت")
        if (verb := form.removesuffix("ا").removesuffix("م").removesuffix("ه")) in OBJECT_AND_BI_AR:
            return verb.endswith("ت") or verb.startswith("ت")  # وصفته
    return word.endswith("ت")


COUNTRIES_HE = folded("العراق لبنان الأردن المغرب السودان اليمن")
"""Countries that are no «she»."""


def agrees(run: WordRun, first: int, word: str) -> bool:
    """Tell whether a subject may be that of a participle or a verb by number and gender: الوزارة مؤكدة, not مؤكدا."""
    head = run.folded[first]
    if head in HONORIFICS_AR:
        return True
    female = ends_in_she(run, first) or head.endswith("ات") or head in _THINGS
    female = female or (is_entity(head) and head not in COUNTRIES_HE and not head.endswith("ي"))
    return female == says_she(word)


PLURAL_AR = ("وا", "ون", "ين")
"""Endings of verbs and participles of many."""

_MEN_OF_OFFICE = folded("""
    رئيس وزير مدير أمير ملك زعيم شيخ مفتي إمام قائد مسؤول خبير محلل باحث مصدر متحدث ناطق سفير محافظ مدرب لاعب لواء
    عميد عقيد كاتب ناقد شاعر معلم طبيب مهندس مواطن
""")
"""Men who hold offices, unless a whole name follows."""

_HE_DREW = folded("لفت")
"""Verbs of «he» whose last letter is that of «she»."""

_MOTHER = fold_text("أم")
_THINGS = folded("مصادر دول تقارير أنباء صحف شؤون وسائل شركات توقعات بيانات لجان هيئات وكالات جماهير أرقام أبحاث")
"""Plurals that are «she»."""


def may_be_mine(word: str) -> bool:
    """Tell whether a perfect may be the writer's own: وسألت."""
    return word.endswith("ت") and (word in SAY_AR or without_and(word) in SAY_AR) and word not in IMPERFECT_AR


def verb_of(noun: str) -> str:
    """Return the verb of saying whose subject the pronoun of a noun stands for: «قالت» for «قولها»."""
    return "قالت" if noun.endswith("ها") else "قالوا" if noun.endswith("هم") else "قال"


def is_person(name: str) -> bool:
    """Tell whether a mention names a person by a given name, whose gender is known."""
    return any(own in MEN_AR or own in WOMEN_AR for own in name_part(name))


def is_man(name: str) -> bool:
    """Tell whether a mention names a man, by the first of his own names and by the noun it begins with."""
    own = name_part(name)
    head = next(iter(tokens(name)), None)
    return bool(own) and own[0] in MEN_AR and head is not None and not name[: head.end].endswith("ة")


def may_go_on(name: str, word: str) -> bool:
    """Tell whether a speaker named so may be that of a verb or participle by number and gender."""
    head = next(iter(tokens(name)), None)
    if head is None:
        return True
    if is_god(name):
        return without_and(word) in BARE_SAY_AR  # a writer who quotes God goes on himself
    if head.text == _MOTHER:
        return not word.endswith(PLURAL_AR) and says_she(word)  # أم بندر
    given = next((own for own in name_part(name) if own in MEN_AR or own in WOMEN_AR), None)
    if given and not word.endswith(PLURAL_AR):
        return (given in WOMEN_AR) == says_she(word)
    bare = head.text.removeprefix("ال")
    noun = is_noun(bare)
    female = name[head.end - 1] == "ة" and noun and head.text not in HONORIFICS_AR
    female = female or bare in _THINGS
    many = bare in MANY_AR or (bare.endswith(("ون", "ين")) and noun and bare not in _THINGS)
    if word.endswith(PLURAL_AR):
        return many or bare not in ROLES_AR or bare in _THINGS
    if says_she(word):
        thing = bare in WRITINGS_AR and not female and not bare.endswith("ات")
        return not (many or thing or (bare in _MEN_OF_OFFICE and len(name_part(name)) < 2))  # النائب سامية عبو
    return not female and not many
