"""Years, decades, centuries and seasons, as texts tell when something was beside its day: pure."""

from __future__ import annotations

import re

from index.text import fold

_YEAR = r"(?:[5-9]\d\d|1\d\d\d|20\d\d)(?![\d,.]\d)"
_SPAN = rf"{_YEAR}(?: ?[-–] ?\d{{2,4}}| (?:and|to|until|و|الي|حتي) ?{_YEAR})?"
_ERA = r"(?: ?(?:a\.?d|b\.?c(?:\.?e)?|c\.?e|bp|للميلاد|قبل الميلاد|ميلادي[اه]?|ق\.?م)\b\.?)?"
_BEFORE = (
    "in|since|by|until|till|during|between|from|after|before|around|circa|early|late|of|"
    "عام|العام|عامي|سنه|السنه|منذ|حتي|بين|قبل|بعد|حوالي"
)
_PLURAL = r"(?! (?:of the |of )?(?:[a-z]{3,}s|people|men|women|children|percent|per|شخص|الف|مليون)\b)"  # in 1500 houses
_ORDINAL = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|"
    r"sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first|\d{1,2}(?:st|nd|rd|th)"
)
_ORDINAL_AR = "اول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر|حادي|عشرين|حالي|ماضي"
_TENS_AR = "عشرين|ثلاثين|اربعين|خمسين|ستين|سبعين|ثمانين|تسعين"
_PART = "early|late|mid|beginning of|end of|middle of"
_PART_AR = "اوائل|مطلع|بدايه|منتصف|اواسط|اواخر|نهايه"
_FORMS = (
    rf"(?:{_BEFORE}) (?P<cued>{_SPAN}{_ERA}){_PLURAL}",
    rf"(?:{_SPAN}|\d{{1,4}}) ?(?:a\.?d|b\.?c(?:\.?e)?|c\.?e|bp|للميلاد|قبل الميلاد|ميلادي[اه]?)\b\.?",
    rf"\((?:{_YEAR} ?[-–] ?{_YEAR}|{_YEAR})\)",
    rf"(?:(?:{_PART})[ -](?:the )?)?(?:{_ORDINAL})(?:(?: and| to| or|-)? ?(?:{_ORDINAL}))? centur(?:y|ies)(?:{_ERA})",
    rf"(?:(?:{_PART})[ -](?:the )?)?(?:1\d|20)\d0s",
    rf"(?:(?:{_PART_AR}) )?(?:ال)?قر(?:ن|نين) (?:ال(?:{_ORDINAL_AR}))(?: عشر)?(?: و(?:ال)?عشرين)?(?:{_ERA})",
    rf"(?:(?:{_PART_AR}) )?(?:ال)?(?:{_TENS_AR.replace('ين', 'يني')})ات(?: القرن \w+(?: عشر)?)?",
    rf"(?:(?:{_PART})[ -])?(?:the )?(?:spring|summer|autumn|fall|winter)(?: of)?(?: {_YEAR})",
    rf"(?:ربيع|صيف|خريف|شتاء)(?: (?:عام|سنه))? {_YEAR}",
)
_TIMES = re.compile(rf"(?<![\w.,])(?:{'|'.join(_FORMS)})(?:(?!\w)|(?=م\b))")


def find_eras(text: str) -> list[tuple[int, int]]:
    """Return where a text names a year, some years, a decade, a century or a season: code points ``[start, end)``.

    A year is told from a number by the word before it, as in "since 1279" and «عام 1237», by the era after it, or by
    brackets.
    """
    folded = fold(text)
    return [folded.origin(*match.span("cued" if match["cued"] else 0)) for match in _TIMES.finditer(folded.text)]
