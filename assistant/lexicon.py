"""What the program knows of the two languages beyond their letters: reporting verbs, roles, stop words. Pure.

All entries are folded (`index.text.fold_text`) when the tables are built.
"""

from __future__ import annotations

from index.text import fold_text


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold_text(word) for word in words.split())


def _arabic_perfect(bases: str) -> frozenset[str]:
    """Return the third persons of Arabic perfect verbs: he, she, they two, they."""
    forms: set[str] = set()
    for base in map(fold_text, bases.split()):
        # A weak last letter falls before the endings: دعا, دعت, دعوا.
        stem = base[:-1] if base[-1] in "اي" else base
        forms |= {base, stem + "ت", stem + "تا", stem + "وا", stem + "ا", base + "ا"}
    return frozenset(forms)


SAY_AR = _arabic_perfect(
    "قال ذكر صرح أفاد أضاف تابع أردف أوضح أعلن أشار لفت نوه كشف أورد علق اعتبر وصف أخبر أبلغ استطرد استدرك ختم اختتم عقب "
    "تساءل كتب غرد أكد شدد كرر أصر نفى أنكر استبعد رفض حذر توعد هدد اتهم انتقد أدان ندد استنكر توقع رجح دعا طالب حث ناشد "
    "أعرب أبدى أسف رحب أشاد أثنى تعهد أقر اعترف زعم ادعى طلب وعد برر أمل تمنى رد جدد ألمح روى طمأن أيد"
) | _folded(
    "يقول تقول يؤكد تؤكد يعتبر تعتبر يشير تشير يضيف تضيف يصف تصف ينفي تنفي يتهم تتهم يحذر تحذر يدعو تدعو يطالب تطالب يرفض ترفض "
    "يوضح يعلن تعلن يكشف تكشف يشدد تشدد يرد ترد يتوقع تتوقع يعرب تعرب ينتقد تنتقد يهدد تهدد يندد تندد يستبعد تستبعد يرى ترى "
    "يرون يقولون قالوا قالتا"
)  # fmt: skip
"""Arabic reporting verbs in the third person, perfect and imperfect, with no conjunction before them."""

SAID_IT_AR = _folded("قاله قالته ذكره ذكرته أعلنه أعلنته أكده أكدته قالها صرح به")
"""Reporting verbs with their object, in «ما قاله لافروف»: another's words, told again, inside quotations too."""

TAKES_BI = _arabic_perfect("نوه أشاد رحب ندد طالب اعترف أقر هدد أفاد وعد تعهد")
"""Reporting verbs whose complement is joined to the preposition «ب»."""

WEAK_SAY_AR = _arabic_perfect("ذكر كتب وصف علق رد طلب وعد لفت أمل ختم عقب حث غرد") | _folded("ترد يرى ترى")
"""Reporting verbs whose letters are also those of common nouns or particles: taken only before a speaker or «أن»."""

ATTRIBUTION_AR = _folded("بحسب حسب وفقا وفق طبقا وبحسب وحسب ووفقا ووفق وطبقا")
"""«according to» before a speaker."""

SAY_EN = _folded(
    "said says stated states added adds stressed stresses emphasised emphasized noted notes announced announces declared "
    "declares claimed claims warned warns denied denies urged urges accused accuses insisted insists explained explains "
    "expressed expresses reiterated confirmed confirms argued argues believes believed expects expected condemned condemns "
    "criticised criticized rejected rejects vowed pledged promised described describes demanded demands welcomed welcomes "
    "told asked called praised acknowledged admitted admits asserted maintained remarked replied responded revealed "
    "predicted reported reports suggested suggests threatened thanked regretted predicts"
)
"""English reporting verbs, third person and past."""

BOUNDARY_AR = _folded(
    "أن إن أنه أنها أنهم إنه إنها إنهم بأن بأنه بأنها بأنهم لأن إلى على عن في خلال عبر بعد قبل حول بشأن ردا تعليقا عقب إثر لدى مع أثناء ضمن يوم "
    "أمس اليوم لاحقا سابقا أيضا أول بدوره بدورها قائلا قائلة ما هذا هذه كما بينما فيما للصحفيين للصحافيين لوكالة لقناة لصحيفة للإعلام "
    "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد عليه عليها فيه فيها إليه له لها منه منها عنه ذلك تلك الذي التي حيث إذا لو قد لم لن لا "
    "فإن فقد فإنه استمرار ضرورة وجوب أهمية حرص استعداد رفض رفضه دعم دعمه عدم وجود وقوف تمسك التزام ثقته قلقه أمله رغبته مطالبات "
    "أنني إننا أننا إنني وأن وإن وأنه وأنها إلا حين عندما مؤكدا مشيرا مضيفا معربا موضحا قوله قولها مساء صباح ليلة ثم لكن"
)  # fmt: skip
"""Words that end the speaker's name after an Arabic reporting verb."""

BOUNDARY_EN = _folded(
    "that and but when while which who whom whose after before during on at as if because although though however where "
    "since until for with by from in to of about against over it there this these those has have had is was are were be "
    "been will would can could may might not no so then also"
)
"""Words that a speaker's name does not run across in English, «of», «for» and «to» within a role aside."""

ROLES_AR = _folded(
    "وزير وزيرة نائب نائبة رئيس رئيسة مبعوث مبعوثة متحدث متحدثة ناطق ناطقة مدير مديرة قائد أمين مستشار مستشارة سفير مندوب زعيم زعيما زعماء "
    "وزارة رئاسة إدارة باسم عضو محافظ مسؤول مصدر مصادر بيان حكومة هيئة منظمة لجنة مجلس حركة حزب جيش قوات كل ملك أمير ولي عهد شيخ دكتور "
    "عام عامة خارجية دفاع داخلية مال شؤون دول رئيسا وزيرا كبير مساعد وكالة صحيفة قناة نظيره نظيرته نظيريه مسؤولون المتحدث المتحدثة الناطق"
)  # fmt: skip
"""Arabic words of office, as they stand before a name."""

ROLES_EN = _folded(
    "president minister prime foreign defence defense interior finance secretary general spokesman spokeswoman spokesperson "
    "leader chief chairman chairwoman chancellor king queen prince emir ambassador envoy deputy vice state special head "
    "governor mayor director adviser advisor senator official officials sources source commander ministry government army "
    "premier the a an mr mrs ms dr sheikh senior former of for to and his her their its 's s us russian"
)
"""English words of office, as they stand before or after a name."""

STOP_AR = _folded(
    "في من على إلى عن مع هل ما ماذا متى أين كيف كم لماذا لم من هو هي هم هما أن إن أنه أنها كان كانت يكون تكون التي الذي الذين هذا هذه ذلك تلك "
    "و أو ثم قد لا لن لم ليس أي أية كل بعض عند عندما بعد قبل بين حول بشأن بخصوص خلال أثناء لدى حتى إذا كما أيضا غير منذ ضد نحو تم جرى بما بأن "
    "لأن الى حيث فيها فيه به بها له لها لهم علام بماذا مم عما عمن مما ممن فيم إلام لدي هناك هنا وفق حسب بحسب وفقا يتم عبر ضمن دون إلا سوى شأن "
    "قال قالت ماهو ماهي مالذي يجب هنالك قام قامت عنه عنها منه منها اليه إليها حين نفسه نفسها أحد إحدى عليه عليها ومن وما وهل وكيف ولماذا ومتى وأين وكم "
    "بم بلسان اسم المقال المقالات الأرشيف الخبر الأخبار التقرير النص لنا لي أخبرني اذكر"
)  # fmt: skip
"""Arabic words that ask or join and carry no topic."""

STOP_EN = _folded(
    "a an the of in on at to for from by with about as into over after before between during and or but if then than that "
    "this these those it its is are was were be been being do does did done has have had having will would shall should can "
    "could may might must not no nor so such what which who whom whose when where why how much many long often far there "
    "here he him his she her hers they them their theirs we us our you your i me my any some all both each more most other "
    "did didn doesn don isn wasn s t re ve ll d say says said according regarding concerning toward towards against while "
    "also just only own same too very up down out off again further once because until since through archive article "
    "articles report reports tell name names news hold show get give given go come came make made take taken happen happened"
)
"""English words that ask or join and carry no topic."""

STOP_WORDS = STOP_AR | STOP_EN

ABOUT = _folded("about on regarding concerning over toward towards عن حول بشأن بخصوص إزاء تجاه")
"""Words before what a question is about."""

CAUSES = _folded(
    "بسبب نتيجة لأن نظرا جراء إثر بفعل لكي بهدف بغية أجل لمنع للحيلولة لوقف because due owing since caused after result therefore "
    "prevent order aim aimed reason"
)
"""Words that open a cause or a purpose."""

NUMBER_WORDS = _folded(
    "واحد واحدة اثنان اثنين اثنتان اثنتين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثمان ثماني تسعة تسع عشرة عشر عشرون عشرين ثلاثون "
    "ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة مئتان مئتين ألف ألفا ألفان ألفين آلاف مليون "
    "مليونا مليونين ملايين مليار مليارات عشرات مئات one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions billion billions dozen dozens both"
)  # fmt: skip
"""Numbers written as words."""

_ROLE_CLASSES = {
    "deputy": "deputy vice assistant نائب نائبة مساعد وكيل",
    "spokesman": "spokesman spokeswoman spokesperson spox متحدث متحدثة ناطق ناطقة",
    "envoy": "envoy emissary representative مبعوث مبعوثة موفد مندوب ممثل",
    "adviser": "adviser advisor aide مستشار مستشارة",
    "ambassador": "ambassador سفير سفيرة",
    "minister": "minister وزير وزيرة",
    "premier": "premier",
    "president": "president رئيس رئيسة",
    "chancellor": "chancellor مستشارة",
    "king": "king monarch ملك عاهل",
    "prince": "prince emir أمير ولي",
    "director": "director مدير مديرة",
    "commander": "commander قائد",
    "leaders": "leaders زعماء قادة زعيما",
}
ROLE_CLASS = {fold_text(word): name for name, words in _ROLE_CLASSES.items() for word in words.split()}
"""Words of office of either language to the office."""

DELEGATES = frozenset({"deputy", "spokesman", "envoy", "adviser", "ambassador"})
"""Offices that speak for another one, and are not that one."""


def office_of(word: str) -> str | None:
    """Return the office that a folded word names, None where it names none."""
    return ROLE_CLASS.get(word) or ROLE_CLASS.get(word.removeprefix("ال"))
