"""Bodies that go by an acronym and by a name of several words, in both languages. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.words.offices import without_joined
from index.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BODIES = """
un, united nations, الأمم المتحدة
imf, international monetary fund, صندوق النقد الدولي, صندوق النقد
eu, european union, الاتحاد الأوروبي
nato, north atlantic treaty organization, الناتو, حلف شمال الأطلسي, الحلف الأطلسي
world health organization, world health organisation, منظمة الصحة العالمية
wto, world trade organization, world trade organisation, منظمة التجارة العالمية
iaea, international atomic energy agency, الوكالة الدولية للطاقة الذرية, وكالة الطاقة الذرية
pkk, kurdistan workers party, حزب العمال الكردستاني
plo, palestine liberation organization, palestine liberation organisation, منظمة التحرير الفلسطينية
gcc, gulf cooperation council, مجلس التعاون الخليجي, مجلس التعاون لدول الخليج, مجلس التعاون
oic, organisation of islamic cooperation, organization of islamic cooperation, منظمة التعاون الإسلامي
isis, isil, daesh, islamic state, داعش, تنظيم الدولة, الدولة الإسلامية
opec, أوبك, منظمة الدول المصدرة للنفط
icc, international criminal court, المحكمة الجنائية الدولية
ecb, european central bank, البنك المركزي الأوروبي, المصرف المركزي الأوروبي
cia, central intelligence agency, وكالة المخابرات المركزية, وكالة الاستخبارات المركزية
fbi, مكتب التحقيقات الفدرالي, مكتب التحقيقات الفيدرالي
fifa, الفيفا, الاتحاد الدولي لكرة القدم
afc, الاتحاد الآسيوي لكرة القدم
caf, الكاف, الاتحاد الأفريقي لكرة القدم
unhcr, المفوضية السامية لشؤون اللاجئين, المفوضية العليا لشؤون اللاجئين
unrwa, الأونروا, وكالة غوث اللاجئين
unesco, اليونسكو
unicef, اليونيسف, اليونيسيف
fao, منظمة الأغذية والزراعة
sdf, syrian democratic forces, قوات سوريا الديمقراطية, قسد
ugtt, الاتحاد العام التونسي للشغل
two holy mosques, الحرمين الشريفين
"""
"""A body a line; a name of one word may be any of them."""


def _bare(word: str) -> str:
    """Return an Arabic word without its article, and a Latin one as it is."""
    return word.removeprefix("ال")


_NAMES = {
    tuple(map(_bare, fold_text(name).split())): number
    for number, line in enumerate(_BODIES.strip().splitlines())
    for name in line.split(", ")
}
_OPENING = frozenset(name[0] for name in _NAMES)
_LONGEST = max(map(len, _NAMES))


_FIRST = [line.partition(",")[0].replace(" ", "-") for line in _BODIES.strip().splitlines()]


def acronym_of(body: int) -> str:
    """Return one word for a body, its acronym where it has one."""
    return _FIRST[body]


def find_bodies(words: Sequence[str]) -> Iterator[tuple[int, range]]:
    """Yield the bodies that some folded words name, each a number of its own, with the places of the words that do."""
    first = 0
    while first < len(words):
        opening = _bare(words[first])
        if opening not in _OPENING and not opening.isascii():
            opening = without_joined(words[first])
        last = first
        if opening in _OPENING:
            bare = (opening, *map(_bare, words[first + 1 : first + _LONGEST]))
            last = first + next((length for length in range(len(bare), 0, -1) if bare[:length] in _NAMES), 0)
        if last > first:
            yield _NAMES[(opening, *map(_bare, words[first + 1 : last]))], range(first, last)
        first = max(last, first + 1)
