"""The verbs and phrases that report speech in Arabic and English, and the words that end a speaker's name. Pure."""

from __future__ import annotations

from assistant.lexicon import folded
from index.text import fold_text


def _perfect(bases: str) -> frozenset[str]:
    """Return the third persons of Arabic perfect verbs: he, she, they two, they."""
    forms: set[str] = set()
    for base in map(fold_text, bases.split()):
        # A weak last letter falls before the endings: دعا, دعت, دعوا.
        stem = base[:-1] if base[-1] in "اي" else base
        forms |= {base, stem + "ت", stem + "تا", stem + "وا", stem + "ا", base + "ا"}
    return frozenset(forms)


def _imperfect(bases: str) -> frozenset[str]:
    """Return he and she of Arabic imperfect verbs, which are given without their first letter."""
    return frozenset(person + base for base in map(fold_text, bases.split()) for person in "يت")


def _participles(bases: str) -> frozenset[str]:
    """Return the accusatives of Arabic participles, in which a speaker's next words begin: مؤكدا, مؤكدة, مؤكدين."""
    return frozenset(base + ending for base in map(fold_text, bases.split()) for ending in ("ا", "ه", "ين"))


SAY_AR = (
    _perfect("""
        قال ذكر صرح أفاد أضاف تابع أردف أوضح أعلن أشار لفت نوه كشف أورد علق اعتبر وصف أخبر أبلغ استطرد استدرك ختم اختتم
        تساءل كتب غرد أكد شدد كرر أصر نفى أنكر استبعد رفض حذر توعد هدد اتهم انتقد أدان ندد استنكر توقع رجح دعا طالب حث
        ناشد أعرب أبدى أسف رحب أشاد أثنى تعهد أقر اعترف زعم ادعى طلب وعد برر أمل تمنى رد جدد ألمح روى طمأن أيد
    """)
    | _imperfect("""
        قول ؤكد عتبر شير ضيف صف نفي تهم حذر دعو طالب رفض وضح علن كشف شدد رد توقع عرب نتقد هدد ندد ستبعد رى
    """)
    | folded("يرون يقولون")
)
"""Arabic reporting verbs in the third person, perfect and imperfect, with no conjunction before them."""

WEAK_SAY_AR = _perfect("ذكر كتب وصف علق رد طلب وعد لفت أمل ختم حث غرد") | folded("رفض ترد يرى ترى")
"""Reporting verbs whose letters are also those of common nouns or particles: taken only where a clause begins."""

PASSIVE_AR = folded("يعتبر تعتبر")
"""Imperfects that more often say what something is held to be: they report only before «أن»."""

NOUN_WITH_OBJECT_AR = WEAK_SAY_AR | _perfect("روى أضاف")
"""Verbs that with an object joined have the letters of a noun: رؤية, إضافة, عدة, أملها."""

SAID_IT_AR = folded("قاله قالته قالها ذكره ذكرته أعلنه أعلنته أكده أكدته")
"""Reporting verbs with their object, in «ما قاله لافروف»: another's words, told again, inside quotations too."""

TAKES_BI = _perfect("نوه أشاد رحب ندد طالب اعترف أقر هدد أفاد وعد تعهد اتهم")
"""Reporting verbs whose complement, or its second part, is joined to the preposition «ب»."""

TAKES_ALA = _perfect("أكد شدد أصر حث علق رد")
"""Reporting verbs after which «علي» is the preposition, in whatever spelling, and no Ali."""

TAKES_LAM = folded("وفقا طبقا ووفقا وطبقا")
"""Words for «according to» that join «ل» to the speaker."""

ATTRIBUTION_AR = TAKES_LAM | folded("بحسب حسب وفق وبحسب وحسب ووفق")
"""«according to» before a speaker."""

QUOTED_FROM_AR = folded("قوله قولها قولهم")
"""«his saying», in «نقلت الوكالة عن لافروف قوله»: the speaker stands before it, after «عن»."""

THAT_AR = folded("أن أنه أنها أنهم أنهما بأن بأنه بأنها بأنهم إن إنه إنها إنهم")
"""The particles that open what is reported."""

BELOW_AR = folded("أن بأن أنه أنها بأنه بأنها")
"""The particles below which another speaker's words may be told."""

GOVERNS_NOUN_AR = folded("على في من عن دون بدون إلى بعد قبل مع خلال هذا ما كل أي إثر حول لم")
"""Words after which a reporting verb's letters are a noun, or a verb denied."""

PARTICLES_AR = folded("أن إن كان وكان كانت وكانت قد وقد فقد كما ثم و")
"""Words between which and a verb the speaker stands, or which carry the last speaker on: «كما قال»."""

BOUNDARY_AR = (
    THAT_AR
    | QUOTED_FROM_AR
    | _participles("""
        قائل مؤكد مشير مضيف معرب موضح محذر معتبر مبين منوه مشدد لافت متهم داعي مطالب معلن متابع مستطرد مستدرك مرجح مجدد
        متسائل نافي رافض منتقد واصف كاشف مذكر متوقع مرحب متعهد متوعد مهدد معبر مخاطب مستنكر مندد مردف مستشهد
    """)
    | folded("""
        أنني إننا أننا إنني وأن وإن وأنه وأنها لأن فإن فإنه فقد قد لم لن لا ما لما ماذا كيف هناك أم إلا إذا لو لكن
        حيث حين عندما كما بينما فيما ثم و ل ب ك على إلى عن في عبر خلال حول بشأن بعد قبل عقب إثر لدى مع ضمن أثناء منذ
        به بها بهم له لها لهم لنا عليه عليها فيه فيها إليه إليها منه منها عنه هذا هذه ذلك تلك الذي التي وهو وهي
        ردا تعليقا استنادا نقلا بدوره بدورها كذلك بالقول بقوله بقولها تعبيره تعبيرها تعبيرهم وصفه وصفها رأيه رأيها
        يوم أمس اليوم أول مساء صباح ليلة لاحقا سابقا مؤخرا أخيرا أيضا مرارا رسميا الآن قريبا
        الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد التوقيت
        للصحفيين للصحافيين لوكالة لقناة لصحيفة للإعلام
        الأمر صحة نيته استمرار ضرورة وجوب أهمية حرص استعداد رفض رفضه دعم دعمه عدم وجود وقوف تمسك التزام مطالبات ثقته
        قلقه أمله رغبته
    """)
)
"""Words that end the speaker's name after an Arabic reporting verb."""

SAY_EN = folded("""
    said says stated states added adds told asked called noted notes remarked replied responded explained explains
    stressed stresses emphasised emphasized reiterated insisted insists asserted maintained argued argues claimed claims
    announced announces declared declares revealed reported reports confirmed confirms acknowledged admitted admits
    denied denies rejected rejects condemned condemns criticised criticized accused accuses warned warns threatened
    urged urges demanded demands vowed pledged promised praised welcomed welcomes thanked regretted
    expressed expresses described describes suggested suggests believed believes expected expects predicted predicts
""")
"""English reporting verbs, third person and past."""

WEAK_SAY_EN = folded("notes reports claims states demands")
"""Reporting verbs that are plural nouns as well: taken only right after a name or an office."""

BOUNDARY_EN = folded("""
    that and but when while which who whom whose because if although though however where since until so no not then
    also after before during on at as for with by from in to of about against over there it this these those
    has have had is was are were be been will would can could may might
""")
"""Words that a speaker's name does not run across in English, «of», «for» and «to» within a role aside."""

ADVERBS_EN = folded("""
    also later earlier again today yesterday recently previously repeatedly publicly meanwhile then now has have had
""")
"""Words that may stand between an English speaker and the verb."""
