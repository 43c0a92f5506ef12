"""The small Arabic words around a report: those that open it, stand beside it, or end a speaker's name. Pure."""

from __future__ import annotations

from assistant.speech.reporting_ar import COMPLEMENTS_AR, SAID_IT_AR, SAY_AR, SAYING_AR, THAT_AR
from assistant.words.lexicon import folded
from index.text import fold_text

TAKES_LAM = folded("وفقا طبقا ووفقا وطبقا")
"""Words for «according to» that join «ل» to the speaker."""

ATTRIBUTION_AR = TAKES_LAM | folded("بحسب حسب وفق وبحسب وحسب ووفق حد حسبما")
"""«according to» before a speaker, and «حد» of «على حد قوله»."""

EXTENT_AR = "حد"

SAID_BY_AR = (
    SAY_AR.keys()
    | SAID_IT_AR
    | folded("""
    جاء جاءت ورد وردت نشر نشرت نقل نقلت نقلته نقله أوردته أورده بث بثت بثته بثه أذاعت
    أذاعته تداولته تداوله أصدرته رصدته كشفته كشفه ذكرته ذكره أفادت أفاد نشرته نشره يؤكد تؤكد يقول تقول
    أفادنا أفادتنا أفاده أفادته أفادونا أخبرنا أخبرتنا أعلمنا أعلمتنا أبلغنا أبلغتنا بلغنا
    يراه تراه صرح بينته بينه أوضحته أوضحه أعلنته
""")
)
"""Verbs after «بحسب ما» that tell: not those of وفق ما تقتضيه الظروف."""

LABELS_AR = folded("""
    رابط الرابط المصدر الرقم التاريخ الموضوع الصورة تصوير كتب تنويه ملاحظة أقول قلت أولا ثانيا ثالثا رابعا أخيرا أولها
    ثانيها ثالثها فاكس هاتف جوال بريد ايميل إيميل تويتر فيسبوك البرنامج النتائج الترتيب التشكيلة التوقيت
""")
"""Words before a colon on pages that name no speaker."""

PRAYS_AR = folded("دعا دعت دعوا سأل سألت سألوا يسأل يدعو")
"""Verbs of asking whose object may be God, who then does not speak."""

REFUSES_AR = folded("رفض رفضت رفضوا يرفض ترفض")
REFUSING_AR = folded("رافضا رافضة رافضين")
THIS_AR = folded("هذا هذه هؤلاء ذلك تلك")
OF_THAT_AR = folded("ذلك بذلك")
"""What a verb of telling has for what stands before: صرح بذلك."""
TO_SAY_AR = folded("التعليق الإدلاء الإفصاح الكشف الإجابة الرد الحديث تأكيد نفي ذكر")
"""What someone refuses to do who says nothing: رفض المتحدث التعليق."""

DRAWS_AR = folded("لفت لفتت يلفت تلفت")
EYES_AR = folded("أنظار نظر انتباه")
"""What is drawn to something: لفت النظر إلى أن."""

NAMES_TOO_AR = folded("أمل وعد شكر دان وجد")
"""Verbs whose letters are those of names."""

GOD_AR = folded("الله المولى ربه الباري العلي")
"""Names of God."""

BESIDE_AR = folded("""
    في خلال أمام عقب عبر لدى على أثناء بعد قبل مع إثر من اليوم أمس يوم مساء صباح أيضا كذلك بدوره بدورها مؤخرا لاحقا
    سابقا للصحفيين للصحافيين لوكالة لقناة لصحيفة للإعلام ردا تعليقا
""")
"""Words in which what stands by a verb begins: the place, the day, the hearers."""

TITLES_FOR_HE_AR = folded("سموه سموها معاليه معاليها سعادته فضيلته جلالته فخامته سيادته سماحته دولته")
"""Titles that stand for who was named before."""

AS_AR = folded("كما وكما حسبما وفقما مثلما لسان")
"""Words before a verb whose clause stands after what it reports: «حسبما ذكر المرصد»."""

QUOTED_FROM_AR = folded("قوله قولها قولهم القول تأكيده تأكيدها اعتقاده افتراضهم")
"""«his saying», in «نقلت الوكالة عن لافروف قوله»: the speaker stands before it, after «عن»."""

BELOW_AR = folded("أن بأن أنه أنها بأنه بأنها")
"""The particles below which another speaker's words may be told."""

GOVERNS_NOUN_AR = folded("""
    على في من عن دون بدون إلى بعد قبل مع خلال هذا ما كل أي إثر حول لم ولم لن ولن إذا لو حال بحال متى هل لكل أحد سبق بكل
    كلما
    كأنه وكأنه كأن وكأن وكأنها كأنها بأي لأي
""")
"""Words after which a reporting verb's letters are a noun, or a verb denied."""

NOT_YET_AR = folded("لم ولم")
"""«did not», after which a verb of denying or hiding tells something: لم يستبعد."""

PARTICLES_AR = folded("""
    أن إن كان وكان كانت وكانت كانا كانوا قد وقد فقد كما وكما ثم و أما حيث حين بينما فيما إذ لأن لكن ولكن فإن وإن وأن
    لقد ولقد
""")
"""Words between which and a verb the speaker stands, or which carry the last speaker on: «كما قال»."""

AS_SAID_AR = folded("حسبما وفقما")
"""Those of them that open nothing but what someone said."""

CLAUSES_AR = folded("كما فيما بينما حين حيث إذ لكن ثم قد فقد وقد و")
"""Words after which a verb begins a clause of its own."""

ENDS_NOUN_AR = folded("بعدما وسط")
"""Words in which the outlet goes on after a noun that was said: أعلن استقالته بعدما خسر الحزب."""

_HOW_AR = folded("مستشهدا مستشهدة مستدلا مستدلة مستندا مستندة مستعرضا مستعرضة مستعينا مستعينة متطرقا متطرقة")
"""Participles of what a speaker shows or touches on besides, and does not say."""

ENDS_AR = _HOW_AR | folded("فيما كما وهو وهي وكان وكانت حيث الأمر ولكنه ولكنها ولكنهم لكنه لكنها لكنهم علما وقد")
"""Words after a comma in which the outlet goes on: أعلن الانسحاب، وهو ما رحبت به أنقرة."""

ENDS_CLAUSE_AR = _HOW_AR
"""Those of them that end a clause as well."""

ABSTRACT_AR = folded("""
    الحقيقة الحقائق الواقع الوقائع المنطق التاريخ التجربة التجارب العقل الحكمة الظروف الملاحظة الملاحظات الشواهد الدلائل
    الأحداث الحادثة الحوادث الأمور الأيام السنوات المشاهد المثل الأمثال
    القرائن المعطيات البوادر الطبيعة الحياة الزمن الدنيا المستقبل الماضي الحال الضرورة الحاجة المصلحة الضمير الفطرة
    العادة العرف القدر المقارنة الأسباب السبب العوامل العامل
""")
"""Nouns that writers let speak: what they say is the writer's."""

DUMB_AR = folded("""
    الإجراءات الأنظمة التعليمات الشروط عملية عمليات حادث حادثة حوادث هجوم هجمات تفجير تفجيرات معركة معارك أزمة أزمات
    تجربة تجارب خطوة خطوات ظاهرة ظواهر مشكلة مشاكل فكرة أفكار عقول عقل قلوب عيون عوامل مؤثرات علامات ملامح أسباب
    ظروف أوضاع جهود عروض صور أعمال أفعال سلوك ممارسات تصرفات مواقف مشاهد لحظات ذكريات أحلام قصص حكايات روايات أغنية
    أغاني لوحة لوحات عبارة عبارات كلمات حروف مفردات أبيات التفشي الزمن الأزمة الأزمات التجربة التجارب الهجوم الهجمات
    العملية العمليات التفجير الحادث الخطوة الظاهرة المشكلة الفكرة العوامل المؤثرات العلامات الجهود العروض الصور
    الأعمال الممارسات مثل التالي الآتي آفاق الآفاق قيم القيم دعوة دعوات والله
""")
"""Rules, events and things that say nothing, whatever their verb is."""

LAWS_AR = folded("مادة مواد لائحة قانون بند فقرة دستور ضوابط اشتراطات")
"""What lays down rules, and tells nothing that is news: أكدت المادة السادسة على."""

BOUNDARY_AR = (
    THAT_AR
    | QUOTED_FROM_AR
    | SAYING_AR.keys()
    | folded("""
        بما مما عما لما فيما أنني إننا أننا إنني وأن وإن وأنه وأنها لأن فإن فإنه فقد قد لم لن لا ما ماذا كيف هناك أم
        إلا إذا لو لكن حيث حين عندما كما بينما ثم و ل ب ك على إلى عن في عبر خلال حول بشأن بعد قبل عقب إثر لدى مع ضمن
        أثناء منذ بوضوح بشكل بقوة بصوت بشدة بحزم بصراحة بدقة بثقة بموجب باسمه باسمها نيابة بهذا بهذه بذلك به بها بهم
        له لها لهم لنا عليه عليها فيه فيها إليه إليها منه منها عنه هذا هذه ذلك تلك الذي التي وهو وهي ردا تعليقا
        الذين اللذين اللذان اللتين اللتان اللاتي اللواتي عند رغم وسط تحت فوق قرب ضد نحو بالفعل بالطبع بالتأكيد
        بالمقابل بالنسبة بالكامل بالتعاون بالتنسيق بالإضافة بالتزامن بالتوازي بمناسبة بحضور بمشاركة بدعوى بحجة
        استنادا نقلا بدوره بدورها كذلك بالقول بقوله بقولها تعبيره تعبيرها تعبيرهم وصفه وصفها رأيه رأيها يوم أمس اليوم
        أول مساء صباح ليلة لاحقا سابقا مؤخرا أخيرا أيضا مرارا رسميا الآن قريبا الاثنين الثلاثاء الأربعاء الخميس الجمعة
        السبت الأحد التوقيت للصحفيين للصحافيين لوكالة لقناة لصحيفة للإعلام لفرانس لرويترز للصحيفة للجريدة
        تم تمت يتم الأمر مطالبات البارحة لهما لهن
        إليهما إليهم إليهن عليهما عليهم عليهن بهما بهن فيهما فيهم فيهن عنهما عنهم معه معها معهم معهما معك بسبب
        وخاصة وخصوصا بذات بنفس للمرة مرة لأول
        وقتها حينها عندها يومها ساعتها يجب يمكن ينبغي ليس ليست هو هي هم إذ هنا غير كان كانت كانوا
        سوى مثل أحيانا دوما أمله رغبته المزيد لماذا إذن هل أكثر هكذا وهكذا
    """)
    | COMPLEMENTS_AR
    | ATTRIBUTION_AR
)
"""Words that end the speaker's name after an Arabic reporting verb."""

BEFORE_SPEAKER_AR = folded("""
    لي لك لكم له لها لهما لهن لنا لهم عليه عليها عليهم فيه فيها فيهم خلاله خلالها بشدة بقوة بحزم بوضوح بصراحة
    النقاب الستار اللثام أيضا كذلك بدوره بدورها اليوم أمس مؤخرا لاحقا
""")
"""Words that may stand between a verb and its speaker: يقول فيه لافروف."""

IN_IT_AR = folded("فيه فيها فيهما خلاله خلالها")
"""«in it», between a verb and what a document just named tells: أصدر الحزب بيانا أكد فيه أن."""

WAS_AR = folded("كان وكان كانت وكانت")

UPON_AR = fold_text("على")
"""The preposition that an Ali is folded with."""

PRONOUN_PARTICLES_AR = folded("أنه أنها أنهم بأنه بأنها إنه إنها")
"""Particles whose pronoun is the subject of the verb after them."""

BUT_HE_AR = folded("لكنه ولكنه لكنها ولكنها لكنهم ولكنهم")
"""Such particles as open a clause of the outlet's own: لكنه أقر بأن."""

AND_HE_AR = folded("وهو وهي")
"""Pronouns for the subject of the clause before: نهض الرجل وهو يقول."""
