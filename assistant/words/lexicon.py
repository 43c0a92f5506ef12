"""What the program knows of the two languages beyond their letters: empty words, numbers, causes, people. Pure.

All entries are folded (`index.text.fold_text`) when the tables are built.
"""

from __future__ import annotations

from assistant.words.offices import OFFICE_WORDS
from index.text import fold_text


def folded(words: str) -> frozenset[str]:
    """Return the folded forms of words that white space parts."""
    return frozenset(map(fold_text, words.split()))


STOP_AR = folded("""
    في من على إلى عن مع منذ ضد نحو حول بين بعد قبل خلال أثناء عند عندما لدى لدي عبر ضمن دون حتى إلا سوى غير مثل
    بشأن بخصوص شأن وفق وفقا حسب بحسب بما بأن لأن أن إن أنه أنها إذا لو كما أيضا ثم أو و قد لا لن لم ليس لنا لي
    هل ما ماذا متى أين كيف كم لماذا أي أية علام بماذا بم مم مما ممن عما عمن فيم إلام مالذي ماهو ماهي من
    ومن وما وهل وكيف ولماذا ومتى وأين وكم
    هو هي هم هما هذا هذه ذلك تلك التي الذي الذين هناك هنا هنالك حيث حين كل بعض أحد إحدى نفسه نفسها
    فيه فيها به بها له لها لهم عنه عنها منه منها إليه إليها عليه عليها
    كان كانت يكون تكون تم يتم جرى يجب قام قامت قال قالت
    بلسان اسم المقال المقالات الأرشيف الخبر الأخبار التقرير النص أخبرني اذكر
""")
"""Arabic words that ask or join and carry no topic."""

STOP_EN = folded("""
    a an the of in on at to for from by with about as into over after before during between toward towards against
    regarding concerning according up down out off through until since because while
    and or but if then than so such that this these those there here it its
    he him his she her hers they them their theirs we us our you your i me my any some all both each more most other
    is are was were be been being do does did done has have had having will would shall should can could may might
    must not no nor don didn doesn isn wasn s t re ve ll d
    what which who whom whose when where why how much many long often far
    also just only own same too very again further once
    say says said tell name names show get give given go come came make made take taken hold happen happened
    archive article articles report reports news
""")
"""English words that ask or join and carry no topic."""

STOP_WORDS = STOP_AR | STOP_EN
"""Words of either language that ask or join and carry no topic."""

ABOUT = folded("about on regarding concerning over toward towards عن حول بشأن بخصوص إزاء تجاه")
"""Words before what a question is about."""

CAUSES = folded("""
    because due owing since caused after result therefore prevent order aim aimed reason
    بسبب نتيجة لأن نظرا جراء إثر بفعل لكي بهدف بغية أجل لمنع للحيلولة لوقف
""")
"""Words that open a cause or a purpose."""

BODIES_AR = folded("""
    وزارة رئاسة إدارة حكومة هيئة منظمة لجنة مجلس حركة حزب جيش قوات وكالة صحيفة قناة مجلة شركة موقع مؤسسة جماعة
    مجموعة شبكة إذاعة مركز جمعية رابطة نقابة اتحاد جامعة معهد مستشفى فريق نادي بنك مصرف محكمة نيابة كتلة تيار تحالف
    ائتلاف صندوق ديوان سفارة قيادة مكتب شرطة بعثة مديرية غرفة برلمان كونغرس مفوضية محافظة بلدية
""")
"""Arabic words for bodies that speak, which a name may follow in quotation marks: صحيفة "الشرق"."""

ROLES_AR = (
    frozenset(word for word in OFFICE_WORDS if not word.isascii())
    | BODIES_AR
    | folded("""
        المتحدث المتحدثة الناطق وزيرا رئيسا أمين زعيم زعيمة شيخ دكتور عضو محافظ كبير مسؤول مسؤولون نظيره نظيرته نظيريه
        مصدر مصادر بيان باسم كل عام عامة خارجية دفاع داخلية مال شؤون دول عهد
    """)
)
"""Arabic words of office, as they stand before a name."""

PEOPLE_AR = folded("""
    خبير خبيرة خبراء محلل محللون محللين باحث باحثة باحثون باحثين عالم علماء طبيب طبيبة أطباء استشاري أخصائي كاتب كاتبة
    روائي شاعر ناقد ناشط ناشطة ناشطون ناشطين نشطاء مواطن مواطنة مواطنون مواطنين سكان أهالي أولياء عائلة أسرة والد
    والدة شقيق زوج زوجة أطفال أبناء آباء أمهات جيران أحزاب أطراف أنصار أفراد أقارب أوساط أجهزة أعيان أقرباء أرقام
    أبحاث أنباء صاحب صاحبة أصحاب رجل سيدة شاب شابة طفل طالبة طلاب طلبة معلم معلمة معلمون مدرب لاعب لاعبون حارس مهاجم
    نجم قائد حكم محامي محام قاضي قاض مهندس دكتور بروفيسور أستاذ أستاذة سيد آنسة حاج شيخ مفتي إمام خطيب داعية لواء عميد
    عقيد مقدم رائد نقيب فريق جنرال ضابط شاهد شهود دبلوماسي دبلوماسيون دبلوماسيين نائبان نواب أعضاء عضوة مرشح مرشحة
    معارض معارضون مراقب مراقبون مراقبين متابعون مغرد مغردة مغردون مغردين رواد مستخدم مستخدمون عشاق جمهور جماهير زائر
    زوار مشارك مشاركون مشاركين حضور متهم ضحية سائق تاجر تجار مستثمر مستثمرون رجال عامل عمال موظف موظفون بائع منتج مخرج
    فنان فنانة إعلامي إعلامية صحفي صحفية صحافي صحافية مراسل مذيع مؤلف مصور مشرف مشرفة منسق رؤساء وزراء مسؤولين مسؤولة
    سلطات سلطة دولة دول قيادي قياديون منظمون صندوق أمانة خادم لجان هيئات منظمات شركات مصادر مصدران
    دار جهاز قوة تنظيم مصلحة فرع جناح فصيل فصائل ميليشيا ميليشيات كتائب كتيبة جبهة دائرة قسم كلية مدرسة أكاديمية متحف
    مختبر كنيسة مجمع عيادة جالية قبيلة عشيرة طائفة حديقة عملاق خدمة وفد طاقم
    والي معتمد عمدة نقيب مقيم ممثلة مخرجة كاتبة صحفيون صحافيون إعلاميون صيادون تربويون اقتصاديون مصرفيون أمنيون حقوقيون
    حقوقي نقابي مسعفون منقذون متظاهرون محتجون معتصمون مضربون سياسي سياسيون مثقفون أكاديمي أكاديميون مؤرخ مختص مختصون
    متخصص متخصصون محقق محققون مفتش سفراء ضباط جنود مقاتلون مقاتلو مسلحون متمردون معلق معلقون صديق صديقة زميل زميلة
    سكرتير وكلاء شيوخ أئمة دعاة خطباء معلمات طالبات فتاة امرأة نساء شباب شخص أشخاص عنصر عناصر رئيسا وزيرا
""")
"""Arabic nouns for people, one or many, that speak without a name."""

MANY_AR = frozenset(word for word in PEOPLE_AR if word.endswith(("ون", "ين"))) | folded("""
    علماء أطباء نشطاء سكان أهالي أولياء طلاب طلبة شهود نواب أعضاء رواد عشاق جماهير زوار تجار رجال عمال رؤساء وزراء
    أصحاب حضور قادة زعماء أطفال أبناء آباء جيران أمهات
""")
"""Those of them that are many."""

HONORIFICS_AR = folded("سمو معالي سعادة فضيلة فخامة جلالة سيادة سماحة")
"""Arabic words of honour before an office or a name."""

WRITINGS_AR = folded("""
    بيان بيانات تقرير تقارير دراسة دراسات رسالة كلمة تغريدة تغريدات مذكرة تصريح تصريحات خطاب مقال افتتاحية برقية بلاغ
    وثيقة وثائق استطلاع إحصاءات إحصائية إحصائيات أرقام معلومات نشرة نشرية نص بند حكم قرار شهادة رواية إفادة أبحاث بحث
    مسح مؤشر مؤشرات توقعات تقديرات تحقيقات منشور لائحة فيديو شريط أنباء مرصد بوابة ولاية منصة مبادرة هاشتاق إعلام
    وسائل إحصاء مرسوم تعميم مقالة رسائل خبر أخبار نتائج إشعار تحليل
""")
"""Arabic nouns for what is written or published and tells something."""

MEN_AR = folded("""
    محمد أحمد محمود حمد حامد حميد خالد سعود سعد سعيد سعدون سالم سليم سلمان سليمان صالح صلاح عادل علي علاء عمر عمرو
    عماد عباس عثمان عصام عاصم عامر عدنان عوض عيسى غازي غسان غانم فؤاد فاروق فارس فهد فيصل فواز فوزي فايز قاسم كمال
    كريم كامل لطفي ماجد مازن مالك مبارك مجدي محسن محيي مروان مشعل مصطفى معاذ معن مقرن ممدوح منصور منذر مهدي موسى مؤيد
    ناجي ناصر ناظم نايف نبيل نزار نواف نوري هادي هاشم هاني هشام هيثم وائل وليد وسام ياسر ياسين يحيى يزيد يوسف يونس
    إبراهيم إسماعيل إدريس إياد أسامة أسعد أشرف أكرم أمجد أمين أنس أنور أيمن أيوب باسم بدر بسام بشار بشير بكر بلال بندر
    تركي توفيق تيسير ثامر جابر جاسم جعفر جلال جمال جميل جهاد حاتم حازم حبيب حسام حسن حسين حسان حمزة حمدي حيدر خليل
    خليفة خلف داود راشد رامي رائد رجب رشاد رشيد رضا رضوان رفيق رمضان رياض زايد زكريا زكي زهير زياد زيد سامي سامر سفيان
    سلطان سمير سيف شاكر شكري شوقي شريف صابر صادق صبحي صبري صدام ضاحي ضياء طارق طالب طاهر طلال طه ظافر عاطف عزام عزيز
    عواد فاضل فادي فتحي فراس فرج فريد لؤي مساعد مسعود مسفر معتز مفرح مفلح منير مهند ميشال نادر نجيب نعيم هلال إلياس
    جورج بطرس ميشيل إيلي طلحة معاوية جمعة عطية سلامة عودة عبيدة رفاعة شحاتة نعمة حذيفة قتادة عبدالله عبدالرحمن
    عبدالعزيز
""")
"""Arabic given names of men."""

WOMEN_AR = folded("""
    سارة سميرة سعاد سلمى سناء سوسن شيماء عائشة عبير فاطمة فدوى كوثر لطيفة ليلى مريم منى مها نادية نجلاء نورة نوال هالة
    هدى هناء هند وفاء ابتسام أسماء آمال أمل إيمان خديجة رنا ريم زينب
""")
"""Arabic given names of women."""

GIVEN_AR = MEN_AR | WOMEN_AR | folded("آل أبو ابو بن بنت أم عبد ابن")
"""Arabic given names, and the small words within a name: a noun before a definite one that may be a person."""

GROUPS_EN = folded("""
    analyst analysts economist economists trader traders dealer dealers broker brokers banker bankers expert experts
    observer observers critic critics witness witnesses resident residents diplomat diplomats lawmaker lawmakers
    delegate delegates negotiator negotiators producer producers exporter exporters importer importers investor
    investors farmer farmers developer developers executive executives company companies firm firms bank banks union
    unions police authorities rebels activists scientists researchers doctors lawyers lawyer judge spokesmen ministers
    representatives members parties shippers sources reporters aides envoys operators participants managers industry
    exchange commission committee association council agency department court board institute fund statement report
    survey study poll letter document newspaper paper magazine
""")
"""English nouns for people and bodies that speak without a name."""

ROLES_EN = frozenset(word for word in OFFICE_WORDS if word.isascii()) | folded("""
    prime foreign defence defense interior finance secretary general leader chief chairman chairwoman queen state
    special head governor mayor senator official officials source sources ministry government army senior former sheikh
    mp mps us russian mr mrs ms dr the a an of for to and his her their its 's s
""")
"""English words of office, as they stand before or after a name, and the small words between them."""
