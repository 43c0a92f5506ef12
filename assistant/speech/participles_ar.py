"""Whether an Arabic participle, or «by saying», opens what the speaker of the clause before says on. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.speech.nouns_ar import ends_in_his, is_action, is_boundary, is_owned, is_shaped, without_and
from assistant.speech.particles_ar import BESIDE_AR, REFUSING_AR, THIS_AR
from assistant.speech.reporting_ar import (
    BY_SAYING_AR,
    COMPLEMENTS_AR,
    EXPLAINING_AR,
    GOVERNED_AR,
    SAYING_AR,
    TAKES_BI,
    TAKES_NOUN_AR,
    THAT_AR,
)
from assistant.speech.reports import COMMA, MARKS_SPEECH
from assistant.speech.verbs_ar import NEAR_THAT, NEEDED_WITHIN
from assistant.words.lexicon import folded
from index.statement import Stance
from index.text import fold_text

if TYPE_CHECKING:
    from assistant.speech.reports import WordRun

_LOADED = folded("محملا محملة محملين")
_SURELY_NOUNS = folded("مطالبة متهمين متهمة موجها موجهة موجهين")
SAYS_ON_AR = folded("قائلا قائلة قائلين")
_UPON_IT = folded("عليه عليها عليهم")
_HOPING = fold_text("آملا")
_NOUNS = folded("داعية مطالبة متهما متهمة متهمين موجها موجهة موجهين")
"""Participles that are nouns for who preaches or is accused, or for a demand: taken only after a comma."""
_ASKS = folded("هل كيف لماذا عما ماذا متى أين ما إن")
_ASKS_WHO = folded("من لم كم أي أية ألم أليس أفلا ألا")
"""Words that ask only after a participle of asking: متسائلا من."""
_TAKES_OBJECT = (
    frozenset(
        form
        for form, stance in SAYING_AR.items()
        if stance in {Stance.ACCUSED, Stance.DEMANDED, Stance.CRITICISED, Stance.PRAISED, Stance.EXPECTED}
    )
    | folded("واصفا واصفة واصفين محملا محملة متوعدا متوعدة متوعدين")
    | EXPLAINING_AR
)
_WISHES = folded("متمنيا متمنية متمنين راجيا راجية راجين سائلا سائلة سائلين")
_FOR_HIM = folded("له لها لهم لهما")
"""For whom something is wished, before what is: متمنيا لهم التوفيق."""

_WORTHY = folded("جدير الجدير وجدير والجدير حري")


def _is_accusative(run: WordRun, number: int) -> bool:
    """Tell whether a word is an indefinite accusative by its letters: طوقا."""
    word = run.folded[number]
    return len(word) > 3 and word.endswith("ا") and not word.startswith("ال")


def _says_by(run: WordRun, number: int) -> bool:
    """Tell whether what is said follows «بالقول» or «بالإعلان» at once."""
    if number + 1 >= len(run.words):
        return False
    word, following = run.folded[number], run.folded[number + 1]
    before = run.folded[number - 1] if number else ""
    if not before or before in _WORTHY:
        return False  # «certainly», جدير بالإشارة
    marked = bool(MARKS_SPEECH.search(run.gaps[number + 1]))
    return marked or following in THAT_AR or following == GOVERNED_AR.get(word)


def says_on(run: WordRun, number: int) -> bool:
    """Tell whether what follows a participle is something said, and the participle no noun."""
    if run.folded[number] in BY_SAYING_AR:
        return _says_by(run, number)
    if number + 1 >= len(run.words):
        return False
    if number and run.folded[number - 1][0].isdigit() and not COMMA.search(run.gaps[number]):
        return False  # 5 متهمين
    word = run.folded[number + 1]
    participle = run.folded[number] if run.folded[number] in SAYING_AR else without_and(run.folded[number])
    if _is_adjective(run, number, participle):
        return False
    upon = word in _UPON_IT and number + 2 < len(run.words) and bool(MARKS_SPEECH.search(run.gaps[number + 2]))
    if participle in SAYS_ON_AR or upon:
        return True  # قائلا, معلقا عليها: «...»
    marked = bool(MARKS_SPEECH.search(run.gaps[number + 1]))
    return marked or _opens_at_once(run, number, participle) or _opens_near(run, number, participle)


def _is_adjective(run: WordRun, number: int, participle: str) -> bool:
    """Tell whether the letters of a participle are a noun or an adjective where they stand."""
    word, set_off = run.folded[number + 1], bool(COMMA.search(run.gaps[number]))
    if ends_in_his(run, number) and word not in THAT_AR:
        return True  # وسائله
    if participle == _HOPING and "آ" not in run.text[slice(*run.words[number][:2])]:
        return True  # أملا في
    if number > 1 and all(_is_accusative(run, at) for at in (number - 2, number - 1)) and not run.gaps[number].strip():
        return True  # طوقا أمنيا مشددا على
    if SAYING_AR.get(participle) is Stance.EXPECTED and number and not run.gaps[number].strip():
        return not (word in THAT_AR or word in COMPLEMENTS_AR or is_action(run, number + 1))  # غير متوقعة
    if participle in _LOADED:
        return not any("مسؤولي" in run.text[slice(*word[:2])] for word in run.words[number + 1 : number + NEAR_THAT])
    plain = not any(later.startswith("ب") for later in run.folded[number + 1 : number + 6])
    return participle in _NOUNS and (plain or participle in _SURELY_NOUNS) and not set_off


def _opens_at_once(run: WordRun, number: int, participle: str) -> bool:
    """Tell whether the word after a participle opens what is said."""
    word = run.folded[number + 1]
    if word in THAT_AR or word in COMPLEMENTS_AR or word in _ASKS or GOVERNED_AR.get(participle) == word:
        return True
    if SAYING_AR.get(participle) is Stance.ASKED and word in _ASKS_WHO:
        return True
    if participle in _WISHES and word in _FOR_HIM:
        return True
    set_off = bool(COMMA.search(run.gaps[number]))
    action = is_action(run, number + 1) or (run.is_definite(number + 1) and is_shaped(word.removeprefix("ال")))
    own = is_owned(run, number + 1)  # مؤكدين رضاهم
    return participle in TAKES_NOUN_AR and ((set_off and action) or own)  # ، مؤكدا مواصلة القتال


def _opens_near(run: WordRun, number: int, participle: str) -> bool:
    """Tell whether what is said opens some words after a participle, or its object follows."""
    word = run.folded[number + 1]
    near = run.folded[number + 1 : number + (NEEDED_WITHIN + 1 if word in BESIDE_AR else 6)]
    if not (THAT_AR | COMPLEMENTS_AR).isdisjoint(near) or (word in BESIDE_AR and GOVERNED_AR.get(participle) in near):
        return True
    if participle in EXPLAINING_AR and word in THIS_AR:
        return True
    refuses = participle in REFUSING_AR and word.startswith("ل")  # ورافضة لعمل الحكومة
    return (word.startswith("ب") and participle in TAKES_BI) or (
        participle in _TAKES_OBJECT and not (refuses or is_boundary(word))
    )
