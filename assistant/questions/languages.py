"""The language of a question, by its commonest words and its letters: Arabic, English, or another one. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from assistant.words.lexicon import STOP_AR, STOP_EN, folded
from index.text import Token, detect_language, tokens

if TYPE_CHECKING:
    from index.types import Language

_COMMON_LATIN = folded("""
    le la les des du une est et dans sur pour qui que quoi quand pourquoi comment combien avec qu où ou dit
    au aux quel quelle
    der die das und ist was wer wo wann warum wie viele wieviel über mit von hat gesagt ein eine nicht den dem zu sagte
    el los las una es en por para qué quién cuándo dónde cómo cuántos cuántas sobre dijo del con
    il lo gli che chi cosa quanti quante perché di ha detto sulla sul sono
    o quem quando onde quantos quantas disse do da em não porque
    wat waar wanneer hoeveel heeft het een van niet zei
    ve bir bu ne kim kaç nerede zaman neden için hakkında dedi ile nasıl
""")
"""The commonest words of French, German, Spanish, Italian, Portuguese, Dutch and Turkish."""

_NAME_PARTICLES = folded("la le du von der den van di da do del el los las")
"""Those of them that stand in names, before a capital letter: Ursula von der Leyen."""

_COMMON_ARABIC_SCRIPT = folded("""
    در از به که این را با برای چه کی کجا چرا است گفت درباره چی کیست
    میں کا کی کے نے کیا ہے سے پر کو کہا اور اس
""")
"""The commonest words of Persian and Urdu."""

_OTHER_LETTERS = re.compile("[پچژگٹڈڑںےہھۃ]")
"""Letters of Persian and Urdu; Arabic writes some of them in foreign names."""

_ACCENTED = re.compile("[\u00c0-\u024f]")

_COMMON_ENGLISH = folded("""
    the a an of in is are was were did does do what who when where why how which to for on about and has have said say
    tell show according with from by it that
""")


def question_language(text: str) -> Language:
    """Return the language of a question's small words, which its names may outweigh: «ماذا قال Lavrov عن Turkey؟»."""
    words = [token.text for token in tokens(text)]
    arabic, english = (sum(word in stop for word in words) for stop in (STOP_AR, STOP_EN))
    if arabic == english:
        return detect_language(text)
    return "ar" if arabic > english else "en"


def is_foreign(text: str) -> bool:
    """Tell whether a text is in neither Arabic nor English; a text that is only names is not."""
    letters = [unicodedata.name(character, "") for character in text if character.isalpha()]
    known = sum(name.startswith(("ARABIC", "LATIN")) for name in letters)
    if known < len(letters) / 2:
        return True
    return _is_persian_or_urdu(text) if question_language(text) == "ar" else _is_other_latin(text)


def _is_persian_or_urdu(text: str) -> bool:
    words = [token.text for token in tokens(text)]
    foreign = sum(word in _COMMON_ARABIC_SCRIPT for word in words)
    arabic = sum(word in STOP_AR or word.startswith("ال") for word in words)
    return foreign + 2 * bool(_OTHER_LETTERS.search(text)) > arabic + 1


def _is_other_latin(text: str) -> bool:
    """Count the common words that are written small, and the first one: a capital letter may be a name's, Le Monde."""
    words = tokens(text)
    capital = [text[word.start].isupper() for word in words] + [False]
    foreign = 0
    for number, word in enumerate(words):
        small = not capital[number] or (number == 0 and not capital[1] and len(words) > 1)
        in_name = word.text in _NAME_PARTICLES and _leads_to_capital(words, capital, number)
        accented = not capital[number] and bool(_ACCENTED.search(text, word.start, word.end))
        foreign += small and not in_name and (accented or word.text in _COMMON_LATIN)
    english = sum(word.text in _COMMON_ENGLISH for word in words)
    return foreign > english and foreign >= max(1, len(words) // 5)


def _leads_to_capital(words: list[Token], capital: list[bool], number: int) -> bool:
    while number < len(words) and words[number].text in _NAME_PARTICLES:
        number += 1
    return capital[number]
