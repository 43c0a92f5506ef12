"""The Arabic verbs and participles that report speech, and what each of them takes. Pure."""

from __future__ import annotations

from assistant.speech.needed_ar import ATTACKS, COMPLEMENTS, DIRECTED, FEELINGS, HARSHLY, RENEWED, RUMOURS, THANKS, THAT
from assistant.speech.verb_forms_ar import (
    all_imperfect,
    all_participle,
    all_perfect,
    forms,
    imperfect,
    participle,
    perfect,
)
from assistant.words.lexicon import folded
from index.statement import Stance
from index.text import fold_text

_SAYS: dict[Stance, str] = {
    Stance.SAID: """
        قال ذكر صرح أفاد أبان أضاف تابع أردف أوضح وضح أشار لفت نوه أورد علق وصف أخبر أبلغ استطرد استدرك ختم اختتم
        كتب غرد رد ألمح روى حكى زعم ادعى أعرب أبدى عبر بين خلص أظهر زاد أبرز أجاب أفصح عزا أرجع أثبت توصل تناقل
        ردد اتفق أجمع لمح وجد لاحظ اكتشف تحدث تعجب فسر برر علل أفتى جادل أكمل واصل مضى استهل عقب استرسل بادر اكتفى
        ذهب ابتدأ
    """,
    Stance.STRESSED: "أكد شدد كرر أصر جدد طمأن جزم أقسم",
    Stance.ANNOUNCED: "أعلن كشف تبنى",
    Stance.DENIED: "نفى أنكر استبعد فند شكك دحض كذب",
    Stance.ACCUSED: "اتهم حمل",
    Stance.WARNED: "حذر توعد هدد نبه أنذر",
    Stance.EXPECTED: "توقع رجح أمل تمنى خشي تنبأ تكهن تخوف",
    Stance.BELIEVED: "اعتبر رأى اعتقد ظن ارتأى",
    Stance.REGRETTED: "أسف اعتذر تأسف",
    Stance.DEMANDED: "دعا طالب حث ناشد طلب اقترح أوصى أهاب نصح اشترط سأل التمس أوعز توسل حرض وصى أمر",
    Stance.PROMISED: "تعهد وعد",
    Stance.PRAISED: "رحب أشاد أثنى أيد شكر ثمن امتدح رفع قدم وجه تقدم هنأ بارك عزى",
    Stance.CRITICISED: """
        انتقد أدان دان ندد استنكر رفض شجب استهجن استغرب سخر احتج اعترض اشتكى شكا تذمر تهكم عاب قلل هاجم
    """,
    Stance.AGREED: "أقر اعترف",
    Stance.ASKED: "تساءل استفسر",
}

_SAYING_NOW: dict[Stance, str] = {
    Stance.SAID: """
        قول صرح شير ضيف صف وضح رد عرب زعم دعي فيد بدي زيد تابع ردف لفت نوه لمح علق فسر برر علل خبر جادل
        كمل واصل ستطرد ستدرك
    """,
    Stance.STRESSED: "ؤكد شدد صر كرر جزم جدد",
    Stance.ANNOUNCED: "علن كشف",
    Stance.DENIED: "نفي ستبعد نكر شكك",
    Stance.ACCUSED: "تهم",
    Stance.WARNED: "حذر هدد توعد",
    Stance.EXPECTED: "توقع أمل خشى رجح تمنى تخوف تنبأ تكهن",
    Stance.BELIEVED: "عتبر رى عتقد ظن ؤمن",
    Stance.DEMANDED: "دعو حث طالب قترح وصي نصح شترط طلب ناشد هيب",
    Stance.PROMISED: "تعهد",
    Stance.PRAISED: "شيد رحب ثمن متدح ثني هنئ ؤيد",
    Stance.CRITICISED: "رفض نتقد ندد ستنكر ستغرب دين شجب ستهجن سخر حتج عترض",
    Stance.AGREED: "عترف قر",
    Stance.ASKED: "تساءل ستفسر",
}
_IN_QUOTES = "يستذكر تستذكر يتذكر تتذكر يروي تروي يحكي تحكي نعى نعت هتف هتفت صرخ صرخت همس همست استذكر استذكرت"
QUOTES_AR = folded(_IN_QUOTES)
SO_SAYING_AR = folded("قائلا قائلة بالقول بقوله بقولها")
"""Verbs that report only before a mark or «قائلا»: وتستذكر المصورة: «...»."""

HIDES_AR = folded("يخف تخف يخفي تخفي يخفوا")
"""Verbs of hiding, which tell something where they are denied: لم يخف إعجابه."""

_MANY_SAY_NOW: dict[str, Stance] = {
    **dict.fromkeys(folded(_IN_QUOTES), Stance.SAID),
    **dict.fromkeys(folded("تظهر يثبت تثبت يبين يردد يقسم"), Stance.SAID),
    **dict.fromkeys(folded("يرون يعتبرون يعتقدون"), Stance.BELIEVED),
    **dict.fromkeys(folded("يقولون يشيرون يصرحون يوضحون يضيفون يصفون يزعمون يرددون يبررون يذكرون"), Stance.SAID),
    **dict.fromkeys(folded("يؤكدون يشددون يصرون"), Stance.STRESSED),
    **dict.fromkeys(folded("يتوقعون يأملون يخشون يتمنون يرجحون"), Stance.EXPECTED),
    **dict.fromkeys(folded("يطالبون يناشدون يقترحون ينصحون"), Stance.DEMANDED),
    **dict.fromkeys(folded("يعلنون يكشفون"), Stance.ANNOUNCED),
    **dict.fromkeys(folded("ينفون ينكرون يستبعدون"), Stance.DENIED),
    **dict.fromkeys(folded("يتهمون ينتقدون يرفضون"), Stance.CRITICISED),
    **dict.fromkeys(folded("يتساءلون"), Stance.ASKED),
    **dict.fromkeys(folded("يعترفون يقرون"), Stance.AGREED),
}

SAY_AR: dict[str, Stance] = {
    **dict.fromkeys(folded("يستبعدوا ينفوا ينكروا"), Stance.DENIED),
    **dict.fromkeys(HIDES_AR, Stance.SAID),
    **forms(perfect, _SAYS),
    **forms(imperfect, _SAYING_NOW),
    **_MANY_SAY_NOW,
}
"""Arabic reporting verbs in the third person, perfect and imperfect, with no conjunction before them."""

IMPERFECT_AR = forms(imperfect, _SAYING_NOW).keys() | _MANY_SAY_NOW.keys()
"""Those of them that are imperfect: تؤكد, not تابع."""

DUAL_AR = frozenset(
    stem + "ا"
    for words in _SAYS.values()
    for base in map(fold_text, words.split())
    for stem in (base[:-1] if base[-1] in "اي" else base,)
    if stem + "ا" != base
)
"""Perfects of two, which are the accusatives of nouns as well: ذكرا, طالبا."""

WEAK_SAY_AR = all_perfect("ذكر كتب وصف علق رد طلب وعد لفت أمل ختم حث غرد شكر أبرز ثمن سأل ظن أمر") | folded(
    "رفض ترد يرى ترى دان بارك"
)
"""Reporting verbs whose letters are also those of common nouns or particles: taken only where a clause begins."""


NEEDED_AR: dict[str, frozenset[str]] = (
    {
        form: folded(words)
        for bases, words in {
            "أثبت": f"{THAT} وجود",
            "اتفق": f"{THAT} ضرورة أهمية",
            "بين": f"{THAT} أهمية ضرورة وجود",
            "ردد أظهر زاد أجاب حكى روى زعم أجمع وجد لاحظ اكتشف": THAT,
            "تناقل توصل": f"إلى {THAT}",
            "أرجع عزا": "إلى",
            "أبرز": f"{THAT} أهمية ضرورة دور حرص حاجة حاجته",
            "رفع قدم": THANKS,
            "أمر": "بأن",
            "وجه": DIRECTED,
            "تقدم": "بالشكر بخالص بجزيل بوافر بالتهنئة بالتهاني بأحر بأصدق بأسمى بالعزاء بالاعتذار بشكره",
            "تبنى": ATTACKS,
            "عبر تحدث": "عن",
            "أفتى جادل ارتأى وصى": THAT,
            "أكمل واصل مضى استهل ابتدأ عقب استرسل بادر اكتفى": "قائلا قائلة قائلين بالقول بقوله بقولها",
            "ذهب": "القول اعتبار رفض تأييد تأييده الاعتقاد ترجيح التأكيد وصف",
            "شكك": "في ب بصحة بجدوى بقدرة بأن",
            "حرض احتج اعترض عاب": "على",
            "سخر تذمر اشتكى شكا قلل تهكم": f"من {THAT}",
            "اعتذر": "عن",
            "كذب دحض": RUMOURS,
            "تأسف": "على",
            "هاجم": HARSHLY,
            "بارك عزى": "له لها لهم ل",
            "تعجب": f"من كيف {THAT}",
            "نبه": f"إلى من {THAT}",
            "حمل": "مسؤولية المسؤولية مسؤوليتها مسؤوليته مسؤوليتهم مسؤوليات",
            "لفت": f"إلى {THAT}",
            "خلص": f"إلى {THAT}",
            "رفض": THAT,
            "رد": "بأن بأنه بأنها قائلا قائلة بالقول بقوله بقولها",
            "ختم اختتم": f"{THAT} حديثه حديثها تصريحه تصريحها تصريحاته كلمته قائلا بالقول",
            "جدد": RENEWED,
        }.items()
        for base in map(fold_text, bases.split())
        for form in perfect(base)
    }
    | dict.fromkeys(folded("يخبر تخبر يظن تظن يؤمن تؤمن يجادل تجادل"), folded(THAT))
    | dict.fromkeys(folded("يكمل تكمل يواصل تواصل"), SO_SAYING_AR)
    | dict.fromkeys(folded("يشكك تشكك"), folded("في بصحة بجدوى بقدرة بأن"))
    | dict.fromkeys(folded("يحتج تحتج يعترض تعترض"), folded("على"))
    | dict.fromkeys(folded("يسخر تسخر"), folded("من"))
    | dict.fromkeys(
        folded("يجدد تجدد"), folded("تأكيد التأكيد تأكيده تأكيدها دعوة دعوته دعوتها رفضه رفضها تمسكه التزامه")
    )
    | dict.fromkeys(QUOTES_AR, SO_SAYING_AR)
    | dict.fromkeys(HIDES_AR, folded(f"{THAT} {FEELINGS}"))
    | dict.fromkeys(folded("تظهر يثبت تثبت يبين يردد يقسم يرددون يذكرون يرفضون"), folded(THAT))
    | dict.fromkeys(folded("يرى ترى"), folded(f"{THAT} في ضرورة أهمية وجوب عدم"))
    | dict.fromkeys(folded("يلفت تلفت"), folded(f"إلى {THAT}"))
    | dict.fromkeys(folded("يطلب تطلب"), folded(f"من {THAT}"))
    | dict.fromkeys(folded("يرد ترد يزيد تزيد يتابع تتابع يردف تردف"), SO_SAYING_AR)
)
"""Verbs that report only with one of these words close after the speaker: «بين» is also between, «لفت» catches eyes."""

SHOWS_AR = all_perfect("أظهر أثبت وجد اكتشف")
"""Verbs by which a study or other figures report a noun too: أظهرت بيانات تراجع الصادرات."""

FINDS_AR = all_perfect("وجد اكتشف")
"""Verbs of finding, which report only what a study or another document found."""

GOVERNED_AR: dict[str, str] = (
    {
        form: fold_text(preposition)
        for preposition, bases in {
            "عن": "أعرب عبر كشف أعلن أفصح أفاد تحدث اعتذر استفسر تساءل",
            "في": "شكك أمل اشتبه",
            "على": "اتفق شدد أصر أثنى أكد حث طمأن احتج اعترض حرض حمل",
            "إلى": "أشار لفت خلص دعا نوه ألمح لمح نبه توصل ذهب",
            "من": "حذر سخر تعجب تذمر اشتكى شكا قلل تهكم",
        }.items()
        for base in map(fold_text, bases.split())
        for form in (*perfect(base), *imperfect(base[1:] if base[0] == "ا" else base))
    }
    | dict.fromkeys(folded("يشير تشير يدعو تدعو داعين"), fold_text("إلى"))
    | {
        form: fold_text(preposition)
        for preposition, bases in {
            "عن": "معرب معبر كاشف",
            "على": "مشدد مؤكد مثني",
            "إلى": "مشير لافت داعي منوه",
            "من": "محذر",
        }.items()
        for base in map(fold_text, bases.split())
        for form in participle(base)
    }
    | {
        fold_text(noun): fold_text(preposition)
        for noun, preposition in (
            ("بالإشارة", "إلى"),
            ("بالتأكيد", "على"),
        )
    }
)
"""The preposition before what a verb reports as a noun: أعرب عن قلقه."""

COMPLEMENTS_AR = folded(COMPLEMENTS)
"""Nouns in which what is said begins where no clause says it: أكد ضرورة الحوار."""

SAYING_AR: dict[str, Stance] = forms(
    participle,
    {
        Stance.SAID: """
            قائل مشير مضيف معرب موضح مبين منوه لافت متابع مستطرد مستدرك واصف مذكر معبر مخاطب مردف مستشهد مفيد مبدي مبرز
            مرجع مجيب رافع مقدم مبرر معلل مشبه محتج مستدل مدعي زاعم ملمح معلق مصرح ذاكر مفسر معقب مستند
        """,
        Stance.STRESSED: "مؤكد مشدد مجدد",
        Stance.ANNOUNCED: "معلن كاشف",
        Stance.DENIED: "نافي مستبعد مفند مشكك",
        Stance.ACCUSED: "متهم محمل",
        Stance.WARNED: "محذر متوعد مهدد منبه",
        Stance.EXPECTED: "مرجح متوقع متمني آمل متخوف",
        Stance.BELIEVED: "معتبر",
        Stance.DEMANDED: "داعي مطالب سائل مناشد راجي موصي حاث مقترح ناصح مشترط مهيب متضرع موجه",
        Stance.PROMISED: "متعهد واعد",
        Stance.PRAISED: "مرحب مشيد مثني مؤيد مثمن شاكر مهنئ مبارك",
        Stance.CRITICISED: "رافض منتقد مستنكر مندد مستغرب مستهجن مدين معترض",
        Stance.AGREED: "مقر معترف",
        Stance.ASKED: "متسائل مستفسر",
    },
)

for _noun in folded("آملة ذاكرة مقرا مدينة مدينين مباركة"):
    SAYING_AR.pop(_noun, None)  # nouns by these letters: his hope, a memory, a seat, a town

EXPLAINING_AR = all_participle("مبرر معلل مفسر مشبه")
"""Participles whose object stands before the «ب» that explains or likens it: مبررا ذلك بعدم."""

SAYING_AR |= dict.fromkeys(folded("داعين"), Stance.DEMANDED) | dict.fromkeys(folded("متمنين"), Stance.EXPECTED)
"""Arabic participles in which the speaker of the clause before says on: مؤكدا أن."""

NOT_DENIED_AR = HIDES_AR | folded("يستبعد تستبعد يستبعدوا ينف تنف ينفوا ينكر تنكر ينكروا")
"""Verbs of denying and hiding that tell something where they are denied, as they stand after «did not»."""

BY_SAYING_AR = {
    **dict.fromkeys(folded("بالقول بقوله بقولها بقولهم بالإشارة بالسؤال بدعوى بزعم بحجة بذريعة"), Stance.SAID),
    fold_text("بالتأكيد"): Stance.STRESSED,
}
"""Nouns of saying after «by», in which who acts before them says something: ومضى الوزير بالقول إن."""

SAYING_AR |= BY_SAYING_AR

REVEALS_AR = folded("يكشف تكشف")
"""Verbs whose object is often what shows, and whose subject is no speaker: قصة تكشف أخطار الحرب."""

PLAIN_ALEF_AR = folded("اعتقد اعتبر اقترح اعترف استبعد استغرب انتقد اتمنى اتوقع")
"""Perfects whose alef has no hamza: with one they are what the writer does, أعتقد."""

PASSIVE_AR = folded("يعتبر تعتبر يعتبرون يتوقع يعتقد يرجح")
"""Imperfects that more often say what something is held to be: they report only before «أن»."""

OBJECT_AND_BI_AR = all_perfect("وصف نصح") | folded("يصف تصف")
"""Those of them that report only with «ب» after the speaker: وصفته موسكو بأنه."""

TAKES_OBJECT_AR = (
    all_perfect("اعتبر نفى اتهم أبلغ انتقد أكد أعلن") | folded("ينفي تنفي يتهم تتهم يعتبر تعتبر") | OBJECT_AND_BI_AR
)
"""Verbs that report with their object joined: نفته موسكو. Others have so the letters of a noun: رؤية, إضافة, بينها."""

ASKS_HIM_AR = frozenset(
    verb + pronoun
    for bases in ("سأل أجاب أخبر حدث خاطب",)
    for base in map(fold_text, bases.split())
    for verb in (base, base + "ت", "ي" + base.removeprefix("ا"), "ت" + base.removeprefix("ا"))
    for pronoun in ("ه", "ها", "هم", "ني")
)
"""Verbs of asking and answering with whom they ask joined, in dialogues: سألتها أمها, أخبرني صديقي."""

NARRATES_AR = folded("رواه روته ورواه رووه")
"""«narrated it», which tells something only before «أن»: ما رواه أبو هريرة أن; in «رواه مسلم» it names a book."""

SAID_IT_AR = folded("قاله قالته قالها يقوله تقوله ذكره ذكرته أعلنه أعلنته أكده أكدته") | NARRATES_AR
"""Reporting verbs with their object, in «ما قاله لافروف»: another's words, told again, inside quotations too."""

TAKES_NOUN_AR = (
    all_perfect("""
        أكد أعلن نفى أنكر توقع رجح تمنى استبعد اعتبر رفض أدان دان استنكر شجب استهجن استغرب انتقد امتدح اتهم طالب دعا حث
        ناشد سأل طلب اقترح اشترط التمس هاجم أيد ثمن شكر وصف حمل جدد كرر أبدى أبرز كشف تبنى فند خشي هدد وعد رد أرجع عزا
        رفع قدم وجه فسر برر علل كذب دحض هنأ أظهر وجد
    """)
    | all_imperfect("""
        ؤكد علن نفي نكر توقع رجح تمنى ستبعد خف خفي عتبر رفض نتقد ستنكر تهم طالب دعو طلب قترح شترط ناشد نصح صف بدي كشف
        أمل خشى عتقد فسر برر علل ثمن متدح ؤيد هنئ دين شجب ستهجن
    """)
    | all_participle("""
        مؤكد معلن نافي مستبعد معتبر رافض مدين مستنكر منتقد متهم مطالب داعي سائل مثمن مؤيد واصف مبدي مجدد متوقع مرجح
        متمني كاشف آمل متسائل مبرز محمل مناشد مخاطب مستشهد
    """)
    | folded("يرون يعتبرون يتوقعون يطالبون متمنين داعين يعلنون يتهمون ينتقدون يرفضون يصفون يأملون يخشون يتمنون")
)
"""Verbs and participles that report a noun as well as a clause: أعلن الانسحاب. The others report what is marked."""

EXPLAINS_AR = all_perfect("أوضح وضح أبان ذكر أورد") | all_participle("موضح مبين")
"""Verbs that report an action besides a clause: أوضح قيام الوزير بزيارة."""

BARE_SAY_AR = folded("قال قالت قالوا يقول تقول يقولون أسف قاله قالته قالها")
"""Verbs after which what is said may follow without any mark."""

TAKES_BI = (
    all_perfect("نوه أشاد رحب ندد طالب اعترف أقر هدد أفاد وعد تعهد اتهم أوصى نصح أخبر أبلغ تقدم أفتى أوعز أهاب وجه أمر")
    | all_imperfect("شيد رحب ندد طالب عترف فيد تعهد تهم وصي هيب")
    | all_participle("""
        منوه مشيد مرحب مندد مطالب معترف مقر مهدد مفيد متعهد متهم موصي مذكر متوعد
    """)
    | folded("علم علمت")
)
"""Reporting verbs whose complement, or its second part, is joined to the preposition «ب»."""

NEEDS_BI_AR = all_perfect("طالب أقر اعترف هدد أشاد أوعز فسر برر علل") | folded(
    "وصف وصفت وصفوا يصف تصف يطالب تطالب يقر تقر يعترف تعترف يفيد تفيد يهدد تهدد يشيد تشيد يهيب تهيب"
)
"""Verbs among those that report nothing without «ب», «أن» or a quotation: أقر المجلس القانون."""

TAKES_ALA = all_perfect("أكد شدد أصر حث علق رد")
"""Reporting verbs after which «علي» is the preposition, in whatever spelling, and no Ali."""

THAT_AR = folded(THAT)
"""The particles that open what is reported."""

CALLS_ON_AR = frozenset(form for form, stance in SAY_AR.items() if stance in {Stance.DEMANDED, Stance.ACCUSED})

HEARD_AR = CALLS_ON_AR | folded("حذر حذرت طمأن طمأنت أبلغ أبلغت أخبر أخبرت يحذر تحذر شكر شكرت هنأ هنأت هنأوا")
"""Verbs whose object may be who is spoken to."""

TELLS_AR = frozenset(form for form, stance in SAY_AR.items() if stance in {Stance.SAID, Stance.ANNOUNCED})
"""Verbs of telling, which report nothing where they are denied: لا تكشف. What is not held is reported: لا يستبعد."""

DESCRIBES_AR = folded("وصف وصفت وصفوا يصف تصف")
"""Verbs whose object stands before the clause: وصف الوزير القرار بأنه خطأ."""

ACTS_AR = all_perfect(
    "أمر ذهب هنأ بارك واصل أكمل مضى بادر اكتفى استهل ابتدأ عقب عزى رفع قدم وجه توصل اتفق أجمع تبنى تقدم اكتشف"
)
"""Verbs that more often tell what someone does: no question with them asks what someone said."""
