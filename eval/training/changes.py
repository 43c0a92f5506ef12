"""One thing of a sentence changed by rule, in both languages, so that it no longer says what it said. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.words.gazetteer import is_entity
from assistant.words.lexicon import STOP_WORDS
from assistant.words.naming import find_names
from assistant.words.verbs_en import base_of
from index.text import detect_language, fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")
"""A number in figures of either script."""

_WORDS = (
    "two three four five six seven eight nine ten eleven twelve",
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "hundred thousand million billion",
    "hundreds thousands millions billions",
    "first second third fourth fifth sixth",
    "ثلاث أربع خمس ست سبع ثماني تسع",
    "ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة",
    "عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين",
    "عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون",
    "مئات آلاف ملايين مليارات",
    "مئة ألف مليون مليار",
    "الأول الثاني الثالث الرابع الخامس السادس",
    "الأولى الثانية الثالثة الرابعة الخامسة السادسة",
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "January February March April June July August September October November December",
    "يناير فبراير مارس أبريل يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "day week month year",
    "days weeks months years",
)
"""Words of numbers and times of which one can stand for another."""

_OTHER_WORDS = {word: [other for other in line.split() if other != word] for line in _WORDS for word in line.split()}

_OPPOSITES = """
rose fell|rises falls|rising falling|increased decreased|increase decrease|increases decreases|increasing decreasing
higher lower|gained lost|grew shrank|growth decline|raised cut|raise cut|more fewer|won lost|win lose|victory defeat
accepted rejected|accept reject|approved rejected|approve reject|agreed refused|supported opposed|support oppose
supports opposes|welcomed condemned|began ended|begin end|started stopped|start stop|opened closed|open close
resumed suspended|launched cancelled|arrived left|joined left|succeeded failed|success failure|released arrested
allowed banned|allow ban|convicted acquitted|confirmed denied|confirms denies|bought sold|buy sell|imports exports
highest lowest|largest smallest|improved worsened|better worse|strong weak|stronger weaker|before after|north south
east west|northern southern|eastern western|inside outside|public private|early late|alive dead|survived died|first last
old new|legal illegal|possible impossible|able unable|safe dangerous|male female|son daughter|brother sister|war peace
ارتفع انخفض|ارتفعت انخفضت|يرتفع ينخفض|ارتفاع انخفاض|زيادة انخفاض|زاد تراجع|زادت تراجعت|صعد هبط|نمو تراجع|أكثر أقل
أعلى أدنى|أكبر أصغر|فاز خسر|فازت خسرت|فوز خسارة|انتصار هزيمة|قبل رفض|قبلت رفضت|وافق اعترض|وافقت اعترضت|موافقة رفض
أيد عارض|أيدت عارضت|تأييد معارضة|رحب ندد|رحبت نددت|بدأ انتهى|بدأت انتهت|بداية نهاية|افتتح أغلق|افتتاح إغلاق
استئناف تعليق|وصل غادر|وصلت غادرت|دخل خرج|دخول خروج|انضم انسحب|نجح فشل|نجحت فشلت|نجاح فشل|أفرج قبض|سمح منع|سمحت منعت
السماح المنع|أكد نفى|أكدت نفت|تأكيد نفي|اشترى باع|شراء بيع|استيراد تصدير|الواردات الصادرات|تحسن تدهور|تحسين تدهور
أفضل أسوأ|قوي ضعيف|قوية ضعيفة|شمال جنوب|شرق غرب|الشمالية الجنوبية|الشرقية الغربية|داخل خارج|العامة الخاصة|العام الخاص
قبل بعد|الأولى الأخيرة|الأول الأخير|القديم الجديد|القديمة الجديدة|حرب سلام|الحرب السلام|ممكن مستحيل|آمن خطير
الرجال النساء|الذكور الإناث|مع ضد|فوق تحت|كبير صغير|كبيرة صغيرة|الكبير الصغير|الكبيرة الصغيرة|طويلة قصيرة
""".strip().replace("\n", "|")

_TURNED: dict[str, list[str]] = {}
for _pair in _OPPOSITES.split("|"):
    _first, _second = _pair.split()
    _TURNED.setdefault(_first, []).append(_second)
    _TURNED.setdefault(_second, []).append(_first)

_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|can|could|should|must|may|might|has|have|had)\b(?! not\b|n't| no\b| never\b)", re.I
)
_PRONOUN = re.compile(r"\b(?:they|we|you|he|she|it|who|that|which)$", re.I)
_NOT = re.compile(r"\b(is|are|was|were|will|would|can|could|should|must|may|might|has|have|had) not\b", re.I)
_CONTRACTED = re.compile(r"\b(is|are|was|were|would|could|should|must|has|have|had|do|does|did)n['’]t\b", re.I)

_NEGATED_AR = {
    "كان": ("لم يكن", "ما كان"),
    "كانت": ("لم تكن", "ما كانت"),
    "كانوا": ("لم يكونوا",),
    "تم": ("لم يتم",),
    "تمت": ("لم تتم",),
    "يوجد": ("لا يوجد",),
    "هناك": ("ليس هناك", "لا يوجد هناك"),
    "هو": ("ليس",),
    "هي": ("ليست",),
    "يجب": ("لا يجب", "لا ينبغي أن"),
    "يمكن": ("لا يمكن",),
    "قال": ("لم يقل",),
    "قالت": ("لم تقل",),
    "أعلن": ("لم يعلن",),
    "أعلنت": ("لم تعلن",),
    "أكد": ("لم يؤكد",),
    "أكدت": ("لم تؤكد",),
    "بدأ": ("لم يبدأ",),
    "بدأت": ("لم تبدأ",),
    "وصل": ("لم يصل",),
    "وصلت": ("لم تصل",),
    "أدى": ("لم يؤد",),
    "أدت": ("لم تؤد",),
    "شارك": ("لم يشارك",),
    "أصبح": ("لم يصبح",),
    "أصبحت": ("لم تصبح",),
    "فاز": ("لم يفز",),
    "فازت": ("لم تفز",),
    "قتل": ("لم يقتل",),
    "قُتل": ("لم يُقتل",),
    "ارتفع": ("لم يرتفع",),
    "ارتفعت": ("لم ترتفع",),
    "حصل": ("لم يحصل",),
    "حصلت": ("لم تحصل",),
    "عقد": ("لم يعقد",),
    "عقدت": ("لم تعقد",),
    "دعا": ("لم يدع",),
    "دعت": ("لم تدع",),
    "طالب": ("لم يطالب",),
    "طالبت": ("لم تطالب",),
    "كشف": ("لم يكشف",),
    "كشفت": ("لم تكشف",),
    "شهد": ("لم يشهد",),
    "شهدت": ("لم تشهد",),
    "تعرض": ("لم يتعرض",),
    "تعرضت": ("لم تتعرض",),
    "قام": ("لم يقم",),
    "قامت": ("لم تقم",),
    "وقع": ("لم يقع",),
    "وقعت": ("لم تقع",),
    "تمكن": ("لم يتمكن", "لم ينجح"),
    "تمكنت": ("لم تتمكن",),
    "وافق": ("لم يوافق",),
    "وافقت": ("لم توافق",),
    "قرر": ("لم يقرر",),
    "قررت": ("لم تقرر",),
    "أضاف": ("لم يضف",),
    "أوضح": ("لم يوضح",),
    "أشار": ("لم يشر",),
    "أشارت": ("لم تشر",),
}
"""Arabic words that a negation changes, and what they become."""

_IMPERFECT = re.compile(r"(و|ف)?([يت]\w{3,7})")
_FUTURE = re.compile(r"(و)?س([يت]\w{3,7})")
_VERB_PREFIXES = ("ي", "ت")
_NEGATORS_AR = re.compile(r"(?<!\w)(و?)(?:لا|لن|لم) (?=[يت]\w{2})")


def change_number(text: str, random: Random) -> str | None:
    """Return a text with one number, in figures or words, made another one; None where it has none."""
    places = [(found.start(), found.end()) for found in _FIGURE.finditer(text)]
    places += [(word.start(), word.end()) for word in re.finditer(r"\w+", text) if word[0] in _OTHER_WORDS]
    if not places:
        return None
    start, end = random.choice(places)
    number = text[start:end]
    other = random.choice(_OTHER_WORDS[number]) if number in _OTHER_WORDS else _other_figure(number, random)
    return text[:start] + other + text[end:]


def _other_figure(number: str, random: Random) -> str:
    """Return another number of as many digits."""
    digits = [place for place, sign in enumerate(number) if sign.isdigit()]
    year = re.fullmatch(r"(?:19|20)\d\d", number) is not None
    while True:
        changed = list(number)
        for place in random.sample(digits[2:] if year else digits, random.randint(1, 2 if len(digits) > 1 else 1)):
            changed[place] = chr(ord(number[place]) - int(number[place]) + random.randint(int(place == digits[0]), 9))
        if (other := "".join(changed)) != number and (len(digits) == 1 or int(changed[digits[0]])):
            return other


def take_number(text: str, others: Sequence[str], random: Random) -> str | None:
    """Return a text with one of its figures replaced by one of other texts that it does not hold itself."""
    own = list(_FIGURE.finditer(text))
    held = {found[0] for found in own}
    new = [found[0] for other in others for found in _FIGURE.finditer(other) if found[0] not in held]
    if len(own) > 1 and random.random() < 0.5:  # noqa: PLR2004  (two change places)
        one, other = sorted(random.sample(own, 2), key=lambda found: found.start())
        if one[0] != other[0]:
            return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]
    if not own or not new:
        return None
    place = random.choice(own)
    return text[: place.start()] + random.choice(new) + text[place.end() :]


def deny(text: str, random: Random) -> str | None:
    """Return a text with one of its verbs negated, or one negation taken away; None where neither can be done."""
    language = detect_language(text)
    ways = [_affirm_ar, _negate_ar] if language == "ar" else [_affirm_en, _negate_en]
    for way in ways:
        if (changed := way(text, random)) is not None:
            return changed
    return None


def _affirm_en(text: str, random: Random) -> str | None:
    found = list(_NOT.finditer(text)) + list(_CONTRACTED.finditer(text))
    if not found:
        return None
    place = random.choice(found)
    return text[: place.start()] + place[1] + text[place.end() :]


def _negate_en(text: str, random: Random) -> str | None:
    found = list(_AUXILIARY.finditer(text))
    if found and random.random() < 0.8:
        place = found[0] if random.random() < 0.7 else random.choice(found)
        put = random.choice((" not", " not", " never")) if place[0].lower() not in {"can"} else "not"
        if place[0].islower() and random.random() < 0.2 and place[0] not in {"can", "will", "may", "might", "must"}:
            put = "n't"
        return text[: place.end()] + put + text[place.end() :]
    verbs = [
        (word, base)
        for word in re.finditer(r"\b[a-z]+\b", text)
        if (base := base_of(word[0])) and base != "be" and _may_be_verb(text, word.start())
    ]
    if not verbs:
        return None
    word, base = verbs[0] if random.random() < 0.7 else random.choice(verbs)
    put = random.choice(("did not", "didn't", "did not", "never", "failed to", "refused to"))
    return text[: word.start()] + (f"never {word[0]}" if put == "never" else f"{put} {base}") + text[word.end() :]


def _may_be_verb(text: str, start: int) -> bool:
    """Tell whether what stands before a form of the past lets it be one, and no participle."""
    before = re.search(r"([\w'’]+)\s+$", text[:start])
    if before is None:
        return False
    word = before[1].lower()
    return (word not in STOP_WORDS or bool(_PRONOUN.search(word))) and word not in {
        "be", "been", "being", "is", "are", "was", "were", "has", "have", "had", "by", "a", "the", "of",
    }  # fmt: skip


def _affirm_ar(text: str, random: Random) -> str | None:
    found = list(_NEGATORS_AR.finditer(text))
    if not found:
        return None
    place = random.choice(found)
    return text[: place.start()] + place[1] + text[place.end() :]


def _negate_ar(text: str, random: Random) -> str | None:
    words = list(re.finditer(r"\w+", re.sub("[\u064b-\u0652]", "", text)))
    bare = re.sub("[\u064b-\u0652]", "", text)
    found: list[tuple[int, int, str]] = []
    for number, word in enumerate(words):
        before = words[number - 1][0] if number else ""
        if fold_text(before) in {"لا", "لم", "لن", "ليس", "ليست", "غير", "عدم", "قبل"}:
            continue
        joined = "و" if word[0].startswith("و") and word[0][1:] in _NEGATED_AR else ""
        if put := _NEGATED_AR.get(word[0].removeprefix(joined)):
            found.append((word.start(), word.end(), joined + random.choice(put)))
        elif future := _FUTURE.fullmatch(word[0]):
            found.append((word.start(), word.end(), f"{future[1] or ''}لن {future[2]}"))
        elif before == "أن" and _IMPERFECT.fullmatch(word[0]):
            found.append((words[number - 1].start(), word.end(), f"ألا {word[0]}"))
        elif (verb := _IMPERFECT.fullmatch(word[0])) and word[0][:1] == "ي" and not word[0].endswith(("ة", "ية", "ي")):
            found.append((word.start(), word.end(), f"{verb[1] or ''}{random.choice(('لا', 'لا', 'لم'))} {verb[2]}"))
    if not found:
        return None
    start, end, put = found[0] if random.random() < 0.7 else random.choice(found)
    return bare[:start] + put + bare[end:]


def turn(text: str, random: Random) -> str | None:
    """Return a text with one word made its opposite; None where it holds none that has one."""
    words = [word for word in re.finditer(r"\w+", text) if word[0] in _TURNED]
    if not words:
        return None
    word = random.choice(words)
    return text[: word.start()] + random.choice(_TURNED[word[0]]) + text[word.end() :]


def names_in(text: str, shown: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
    """Return where the names of a text stand; `shown` are folded Arabic words that are known to be names."""
    words = tokens(text)
    known = find_names([word.text for word in words])
    found = []
    for number, word in enumerate(words):
        capital = text[word.start].isupper() and number and word.text not in STOP_WORDS and word.text not in _OTHER_FOLDED
        if capital or number in known or word.text in shown:
            found.append((word.start, word.end))
    return found


_OTHER_FOLDED = frozenset(map(fold_text, _OTHER_WORDS))


def change_name(text: str, places: Sequence[tuple[int, int]], names: Sequence[str], random: Random) -> str | None:
    """Return a text with one of its names made one of some others, with the same particle before it."""
    if not places or not names:
        return None
    start, end = random.choice(places)
    own = text[start:end]
    held = {word.text for word in tokens(text)}
    for _ in range(20):
        other = random.choice(names)
        alike = other.startswith("ال") == own.startswith("ال") and is_entity(fold_text(other)) == is_entity(fold_text(own))
        if alike and fold_text(other) not in held:
            return text[:start] + other + text[end:]
    return None


def swap_names(text: str, places: Sequence[tuple[int, int]], random: Random) -> str | None:
    """Return a text in which two names, not side by side, have changed places."""
    apart = [
        (one, other)
        for one in places
        for other in places
        if other[0] > one[1] + 8 and text[slice(*one)] != text[slice(*other)]
        and text[slice(*one)].startswith("ال") == text[slice(*other)].startswith("ال")
        and not re.search(r"\band\b| و|مع|with|both|between|بين", text[one[1] : other[0] + 1])
    ]  # fmt: skip
    if not apart:
        return None
    one, other = random.choice(apart)
    return text[: one[0]] + text[slice(*other)] + text[one[1] : other[0]] + text[slice(*one)] + text[other[1] :]


_CLAUSE = re.compile(r"\s*[,،;؛]\s+|\s+(?=(?:which|who|while|after|before|because|when|although|فيما|بينما|حيث|بعدما|لأن) )")


def clauses_of(text: str) -> list[str]:
    """Return the clauses of a text, as its marks and some conjunctions part them."""
    return [part for part in _CLAUSE.split(text.rstrip(" .")) if part]


def cut(text: str, random: Random) -> str | None:
    """Return a text without its first or last clause; None where too little would stay, or it has one alone."""
    parts = clauses_of(text)
    if len(parts) < 2:  # noqa: PLR2004
        return None
    kept = parts[1:] if random.random() < 0.3 else parts[:-1]
    kept_text = text[text.find(kept[0]) : text.rfind(kept[-1]) + len(kept[-1])]
    return kept_text + "." if len(kept_text.split()) >= 5 else None  # noqa: PLR2004
