"""The formulas of blessing and praise after an Arabic name: صلى الله عليه وسلم, رحمه الله, سبحانه وتعالى. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.words.lexicon import folded
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

_FORMULAS = sorted(
    (
        tuple(fold_text(formula).split())
        for formula in """
            صلى الله عليه وسلم/صلى الله عليه وآله وسلم/صلى الله عليه وعلى آله وسلم/صلى الله عليه وعلى آله وصحبه وسلم
            عليه الصلاة والسلام/عليه أفضل الصلاة والسلام/عليه وعلى آله الصلاة والسلام/صلوات الله عليه
            صلوات الله وسلامه عليه/عليه السلام/عليها السلام/عليهم السلام/عليهما السلام
            رضي الله عنه/رضي الله عنها/رضي الله عنهم/رضي الله عنهما/رضوان الله عليه/رضوان الله عليهم
            رضي الله تعالى عنه/رضي الله تعالى عنها/كرم الله وجهه
            رحمه الله/رحمها الله/رحمهم الله/رحمهما الله/يرحمه الله/رحمة الله عليه/رحمه الله تعالى/غفر الله له
            طيب الله ثراه/تغمده الله برحمته/حفظه الله/حفظها الله/حفظهم الله/يحفظه الله/يحفظهم الله/حفظهما الله
            رعاه الله/أيده الله/أعزه الله/وفقه الله/حفظه الله ورعاه/سلمه الله
            تعالى/سبحانه/سبحانه وتعالى/تبارك وتعالى/عز وجل/جل وعلا/جل جلاله/جل شأنه/عز من قائل/جل في علاه/جل من قائل
        """.replace("\n", "/").split("/")
        if formula.strip()
    ),
    key=len,
    reverse=True,
)
_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
_BY_LAST: dict[str, list[tuple[str, ...]]] = {}
for _formula in _FORMULAS:
    _BY_FIRST.setdefault(_formula[0], []).append(_formula)
    _BY_LAST.setdefault(_formula[-1], []).append(_formula)


_OF_GOD = folded("تعالى سبحانه تبارك عز جل")
_GOD = folded("الله المولى الباري الحق")
_OF_THE_PROPHET = folded("صلى صلوات عليه")
HONOURED_AR = folded("الله رسول الرسول نبي النبي المصطفى الحق المولى")
"""Whom the formulas name or bless."""

_PROPHET = re.compile("رسول الله|النبي|الرسول|المصطفى")


def named_by_formula(name: str, text: str) -> str:
    """Return how a text names the Prophet where only the formula after his name stands for him, else the name."""
    if tuple(fold_text(name).split()) not in _FORMULAS or fold_text(name).split()[0] not in _OF_THE_PROPHET:
        return name
    mention = _PROPHET.search(text)
    return mention[0] if mention else name


def names_god(run: WordRun, number: int) -> bool:
    """Tell whether the formula that begins at a word stands for God: قال تعالى, قال عز وجل."""
    return run.folded[number] in _OF_GOD


def is_god(name: str) -> bool:
    """Tell whether a speaker is God, in whose words a writer does not go on: الله, تعالى, المولى عز وجل."""
    head = fold_text(name).split()[:1]
    return bool(head) and (head[0] in _OF_GOD or head[0] in _GOD)


def names_prophet(run: WordRun, number: int) -> bool:
    """Tell whether a formula that stands for the Prophet begins at a word: قال صلى الله عليه وسلم."""
    begins = number < len(run.words) and run.folded[number] in _OF_THE_PROPHET
    return begins and after_blessing(run, number) > number


def after_blessing(run: WordRun, number: int) -> int:
    """Return the number of the word after the formulas that begin at a word; its own where none does."""
    while number < len(run.words) and run.folded[number] in _BY_FIRST:
        for formula in _BY_FIRST[run.folded[number]]:
            if tuple(run.folded[number : number + len(formula)]) == formula:
                number += len(formula)
                break
        else:
            break
    return number


def before_blessing(run: WordRun, number: int) -> int:
    """Return the number of the word in which the formulas begin that end before a word; its own where none does."""
    while number > 0 and run.folded[number - 1] in _BY_LAST:
        for formula in _BY_LAST[run.folded[number - 1]]:
            if len(formula) <= number and tuple(run.folded[number - len(formula) : number]) == formula:
                number -= len(formula)
                break
        else:
            break
    return number
