"""Which words of a text are names although nothing in their script shows it. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.words.gazetteer import is_entity, is_place
from assistant.words.lexicon import BODIES_AR, GIVEN_AR, MEN_AR, PEOPLE_AR, ROLES_AR, STOP_WORDS, WOMEN_AR, folded
from assistant.words.offices import office_of

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 3
"""Words that a person's name has at most."""

_NOUNS = folded("""
    علي باسم عودة أمل آمال سلامة نعمة جمعة عطية مساعد أمين رجب رمضان شريف جهاد سلطان خليفة هلال رضا عادل كامل سيف رفيق
    ضياء ظافر إيمان أسماء هدى هناء وفاء نواف رائد فرج حاتم عاطف صادق شاكر شكري صابر صالح جابر ناجي سالم سليم سعيد منير
""")
"""Given names that are common words as well."""

_FOREIGN = folded("""
    ميركل ماكرون بوتين ترامب ترمب أردوغان بايدن أوباما كلينتون لافروف بيسكوف زيلينسكي نتنياهو جونسون تيلرسون بومبيو
    بلينكن كيري مودي شولتس هولاند ساركوزي كاميرون تسيبراس أوربان لوكاشينكو ميدفيديف زاخاروفا شويغو ستولتنبرغ
    غوتيريش بوريل موغيريني يونكر ترودو مادورو تشافيز بولسونارو بلير برلسكوني روحاني خامنئي أوغلو يلدريم أكار داوود
    غريفيث بيدرسون غروندبرغ غانتس لابيد شارون بينيت كوشنر بولتون هاريس ساندرز روبيو ستارمر سوناك تاتشر
""")
"""Family names of foreigners that news writes most, and that are no Arabic words."""

_NO_NAMES = folded("""
    بينما فيما أكثر أقل كافة جميع معظم بعض عدد نسبة أول آخر أحد إحدى نصف حيث كما لكن منها معها عنها فيها لديها وصفها
    اليوم أمس تقديم إضافة خاصة سابقا حاليا لاحقا جديدا جديدة إثر عقب جراء خلال نتيجة وفق حسب
""")
"""Common words that follow offices and nationalities, and name nobody."""

_PLACED = folded("مدينة ولاية محافظة مقاطعة بلدة قرية جزيرة مطار ميناء إقليم بمدينة بولاية بمحافظة ببلدة بقرية بجزيرة")
"""Words before the name of a place: «ولاية نيفادا»."""

_CALLED = frozenset(
    joined + word
    for word in folded("قبيلة جامعة نهر جبل وادي شارع نادي صحيفة مجلة مخيم سد")
    for joined in ("", "و", "ب", "ل")
)
"""Words before the name of what is no place, or before what kind of it that is: «جامعة كامبريدج», «جامعة خاصة»."""

_POSSESSED = re.compile(r"\w{3,}(?:ها|هم|هما|هن)|[وبلف]\w{4,}ه")
"""How what belongs to somebody looks, and few names: مشوارها, وخلفه."""

_GIVEN = (MEN_AR | WOMEN_AR) - _NOUNS
_WITHIN = GIVEN_AR - _GIVEN
_NAMERS = PEOPLE_AR - BODIES_AR
_VERB = re.compile(r"[وف]?س?[يت]\w{3}")
"""How an Arabic verb of the present looks, and few names: يكثف."""

_SHORTEST = 3
_OF_NATION = ("ي", "يه")


def find_names(words: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the folded words that are names by what they are or by what stands before them.

    Countries, bodies and places are known; a person is told by a given name, or by an office or a nationality before an
    indefinite word: «المخرج السنغالي مامادو سو».
    """
    found = {
        number for number, word in enumerate(words) if is_entity(word) or is_place(word) or _stands_in(word, _FOREIGN)
    }
    for number, word in enumerate(words):
        if word.isascii():
            continue
        if number and words[number - 1] in _PLACED and _may_be_name(word) and not word.endswith("ه"):
            found.add(number)  # ending so, it may be what kind of place it is: مدينة كبيرة
        if number and words[number - 1] in _CALLED and _may_be_name(word) and not word.endswith(_OF_NATION):
            found.add(number)
        if _is_given(word) or number and _introduces(words, number - 1) and _may_be_name(word):
            found.update(_person(words, number))
    return frozenset(found)


def _is_given(word: str) -> bool:
    return _stands_in(word, _GIVEN)


def _stands_in(word: str, names: frozenset[str]) -> bool:
    return word in names or (word[:1] in "ولبفك" and word[1:] in names)


def _introduces(words: Sequence[str], number: int) -> bool:
    """Tell whether a definite word ends an office, or is a nationality: «وزير الخارجية التركي», «الكينية»."""
    word = words[number]
    if not word.startswith(("ال", "وال", "بال", "لل")):
        return False
    bare = word.removeprefix("و").removeprefix("ب").removeprefix("ال").removeprefix("لل")
    if _is_person(bare):
        return True
    if not word.endswith(_OF_NATION) or not is_entity(word):
        return False
    while number and words[number].startswith("ال"):
        number -= 1
    return words[number + 1] == word or _is_person(words[number]) or _is_person(words[number + 1].removeprefix("ال"))


def _is_person(word: str) -> bool:
    return word in _NAMERS or office_of(word) is not None


def _may_be_name(word: str) -> bool:
    return (
        len(word) >= _SHORTEST
        and not word.startswith(("ال", "لل", "وال", "بال"))
        and word not in STOP_WORDS
        and not is_entity(word)
        and not _is_person(word)
        and word not in ROLES_AR
        and word not in _NO_NAMES
        and not _VERB.fullmatch(word)
        and not _POSSESSED.fullmatch(word)
        and not any(letter.isdigit() for letter in word)
    )


def _person(words: Sequence[str], first: int) -> list[int]:
    """Return the words of a name from its first on: a family name may be definite, one of two words has «بن»."""
    name = [first]
    for number in range(first + 1, min(first + LONGEST, len(words))):
        word = words[number]
        if word.isascii() or word in STOP_WORDS or word.removeprefix("ال") in ROLES_AR or is_entity(word):
            break
        if word in _NO_NAMES or _POSSESSED.fullmatch(word):
            break
        name.append(number)
        if word not in _WITHIN:
            break
    return name
