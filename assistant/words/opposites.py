"""Words that say opposite things, in both languages. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.words.lexicon import folded
from index.text import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OPPOSITES = (
    ("still يزال تزال يزالون زال زالت", "longer يعد تعد يعودوا"),
    (
        """rise rose risen increase climb grow grew grown gain jump surge surged soar rally rebound advance higher raise
        up upward upturn more above exceed bullish boom boost recover recovery growth
        ارتفع يرتفع ارتفاع مرتفع ازداد يزداد زاد يزيد تزيد زيادة نمو نما ينمو صعد يصعد صعود تصاعد أعلى فوق رفع يرفع قفز
        قفزة تزايد متزايد أكثر أكبر انتعاش انتعش تعافى تحسن""",
        """fall fell fallen decrease drop decline lower lowered shrink shrank slump slid slide slip plunge
        plummet tumble
        sink sank dip reduce cut less fewer below down downward downturn bearish trim retreat recession lost
        انخفض ينخفض انخفاض منخفض تراجع يتراجع متراجع هبط يهبط هبوط قل يقل قلص يقلص تقليص تقلص خفض يخفض تخفيض أقل تقليل
        هوى نزل نزول تدنى تدني انكماش انكمش ركود تهاوى أصغر خسر فقد""",
    ),
    (
        "win won victory beat triumph defeat فاز يفوز فوز انتصر ينتصر انتصار تغلب هزم فائز منتصر",
        "lose lost losing defeated loss خسر يخسر خسارة انهزم هزيمة مهزوم خاسر",
    ),
    (
        "profit profitable gain earn surplus premium ربح أرباح يربح مربح مكسب مكاسب فائض علاوة",
        "loss lost deficit shortfall discount unprofitable خسارة خسائر خسر عجز خصم",
    ),
    (
        """accept approve agree support back backing welcome endorse passed praise hail favour favor consent
        قبل قبلت يقبل قبول وافق يوافق موافقة أيد يؤيد تأييد مؤيد دعم يدعم رحب يرحب ترحيب أقر يقر أشاد إشادة ثمن
        امتدح""",
        """reject refuse oppose opposition condemn criticise criticize criticism veto denounce object turned decline
        رفض يرفض مرفوض عارض يعارض معارضة معارض أدان يدين إدانة ندد يندد تنديد انتقد ينتقد انتقاد اعترض اعتراض شجب""",
    ),
    (
        "pro supporter ally loyal friend موال موالية الموالين مؤيد حليف حلفاء صديق",
        "anti rebel opponent enemy foe rival متمرد معارض مناهض عدو أعداء خصم خصوم",
    ),
    (
        """begin began begun start resume open opened reopen launch continue remain keep kept maintain commence stay
        بدأ يبدأ بدء بداية استأنف يستأنف استئناف افتتح يفتتح افتتاح فتح يفتح مفتوح واصل يواصل مواصلة استمر يستمر استمرار
        مستمر يبقى بقي أبقى انطلق انطلاق أطلق إطلاق""",
        """end stop suspend halt close closed shut cancel cease abandon scrap quit finish conclude
        انتهى ينتهي انتهاء إنهاء أنهى نهاية توقف يتوقف متوقف وقف أوقف يوقف إيقاف علق يعلق تعليق أغلق يغلق إغلاق
        مغلق ألغى
        يلغي إلغاء اختتم اختتام ختام تخلى قطع كف""",
    ),
    (
        "arrive enter join return came enrol وصل يصل وصول دخل يدخل دخول انضم ينضم انضمام عاد يعود عودة التحق قدم قدوم",
        """left leave depart withdraw withdrew withdrawn withdrawal exit quit fled
        غادر يغادر مغادرة انسحب ينسحب انسحاب سحب خرج يخرج خروج رحل رحيل ترك هرب فر""",
    ),
    (
        """alive survive survived survivor safe unhurt rescue saved نجا نجوا ينجو ناج أحياء حيا
     سالما سالمين سلامة أنقذ إنقاذ""",
        """dead die died death kill fatal casualty victim
        قتل قتلى قتيل مقتل مصرع توفي وفاة مات ماتوا ضحية ضحايا لقي أودى""",
    ),
    (
        """succeed success successful managed able achieve accomplish
        نجح ينجح نجاح ناجح تمكن يتمكن استطاع يستطيع أفلح حقق تحقيق قادر""",
        "fail failure unable unsuccessful collapse فشل يفشل أخفق إخفاق تعثر يتعثر عجز عاجز انهار انهيار",
    ),
    (
        "release free freed أفرج يفرج إفراج سراح حرر تحرير طليق",
        "arrest detain jail imprison custody seize اعتقل يعتقل اعتقال توقيف أوقف احتجز احتجاز سجن حبس قبض",
    ),
    (
        """allow permit let authorise authorize enable encourage legal lawful legalise licence exempt
        سمح يسمح سماح مسموح أجاز يجيز شجع يشجع تشجيع أتاح يتيح مكن قانوني مشروع شرعي أباح أعفى يعفي إعفاء أذن""",
        """ban bar barred forbid forbade forbidden prohibit prevent block curb deter discourage illegal unlawful outlaw
        restrict hinder require oblige
        منع يمنع ممنوع حظر يحظر محظور حرم كبح عرقل أعاق ردع قيد يقيد تقييد حد ألزم يلزم إلزام فرض""",
    ),
    (
        """lawful lawfully legal comply compliance obey honour honor abide التزم يلتزم التزام ملتزم
     امتثل امتثال وفى نفذ قانوني""",
        """unlawful unlawfully illegal violate violation breach flout break broke broken خرق يخرق
     انتهك ينتهك انتهاك خالف مخالفة""",
    ),
    (
        "convict convicted guilty condemn إدانة أدان مذنب مدان دان",
        "acquit acquitted innocent cleared exonerate برأ برأت يبرئ تبرئة براءة بريء",
    ),
    (
        "uphold upheld ratify ratified affirm confirm approve أيد صدق صادق مصادقة أقر ثبت تثبيت",
        """overturn quash annul annulled revoke reverse reversed strike struck repeal invalidate
        نقض ينقض ألغى إلغاء أبطل إبطال بطلان أسقط إسقاط رد""",
    ),
    (
        "confirm acknowledge admit admitted concede affirm أكد يؤكد تأكيد اعترف يعترف اعتراف أقر",
        "deny denied refute dispute dismiss نفى ينفي تنفي نفي أنكر ينكر إنكار كذب تكذيب فند يفند دحض",
    ),
    ("buy bought buyer purchase acquire acquisition اشترى يشتري شراء مشتر استحوذ استحواذ ابتاع",
     "sell sold seller sale divest dispose باع يبيع بيع بائع مبيع مبيعات"),
    ("import importer استورد يستورد استيراد واردات مستورد", "export exporter تصدير صدر صادرات مصدر"),
    ("lend lent lender loan creditor أقرض إقراض دائن مقرض", "borrow borrower debtor اقترض اقتراض مدين مقترض"),
    ("send sent give gave given supply deliver أرسل يرسل إرسال أعطى منح قدم سلم تسليم بعث",
     "receive received take took taken obtain got تلقى يتلقى استلم تسلم أخذ حصل نال"),
    ("top highest largest biggest best most maximum أعلى أكبر أكثر أفضل أقصى ذروة قمة",
     "bottom lowest smallest worst least minimum أدنى أصغر أقل أسوأ قاع"),
    ("most majority معظم غالبية أغلبية أكثرية", "few minority none قليل قلة أقلية"),
    ("improve better improvement upgrade progress تحسن يتحسن تحسين أفضل تقدم ترقية طور",
     "worsen worse deteriorate deterioration downgrade setback تدهور يتدهور أسوأ ساء تفاقم تردى تخفيض"),
    ("impose فرض يفرض", "lift lifted remove removed scrap waive رفع يرفع إزالة أزال إلغاء ألغى"),
    ("advance early earlier hasten bring تقديم قدم مبكر مبكرة مبكرا عجل تعجيل",
     "postpone delay late later defer أرجأ يرجئ إرجاء تأجيل تأجل يتأجل أجل يؤجل تأخير تأخر يتأخر متأخر"),
    ("accelerate quicken speed fast faster quick rapid hasten تسارع يتسارع تسريع سرع سريع سرعة أسرع",
     "slow slowdown decelerate slower sluggish تباطؤ تباطأ يتباطأ بطيء بطء أبطأ إبطاء"),
    ("strong strengthen stronger robust firm قوي قوية قوة أقوى عزز يعزز تعزيز متين تعزز",
     "weak weaken weaker weakness soft ضعف ضعيف ضعيفة يضعف أضعف إضعاف هش وهن"),
    ("""expand expansion widen broaden enlarge extend extension lengthen prolong وسع يوسع توسيع
     توسع اتسع مدد تمديد يمدد أطال""",
     """contract contraction narrow shrink shrank shorten curtail limit ضيق يضيق تضييق قلص تقليص
     تقلص انكمش اختصر حد قصر"""),
    ("tighten tough tougher strict toughen stiff شدد يشدد تشديد صارم متشدد",
     "ease loosen relax relaxed soften lenient خفف يخفف تخفيف مخفف ليونة متساهل تيسير"),
    ("create build built establish found set construct أنشأ إنشاء أقام إقامة بنى بناء شيد أسس تأسيس",
     "destroy demolish dissolve dismantle demolition هدم يهدم دمر يدمر تدمير أزال إزالة حل تفكيك فكك"),
    ("appoint hire recruit name named elect reinstate عين يعين تعيين وظف توظيف انتخب",
     "dismiss fire sack oust resign lay laid redundant أقال إقالة طرد فصل يفصل استقال استقالة سرح تسريح عزل أعفى"),
    ("include inclusion including cover شمل يشمل شامل ضم يضم تضمن يتضمن أدرج إدراج",
     "exclude exclusion except omit استثنى يستثني استثناء استبعد يستبعد استبعاد أقصى إقصاء"),
    ("present presence attend attended attendance participate take حضر يحضر حضور بحضور شارك يشارك مشاركة",
     "absent absence skip boycott miss غاب يغيب غياب تغيب قاطع يقاطع مقاطعة"),
    ("answer answered respond response reply رد يرد أجاب يجيب إجابة استجاب يستجيب استجابة تجاوب",
     "ignore ignored unanswered neglect disregard تجاهل يتجاهل أهمل إهمال أغفل إغفال"),
    ("reveal disclose publish unveil public كشف يكشف أعلن نشر أفصح علني علنا",
     "hide hid hidden conceal secret withhold أخفى يخفي إخفاء كتم تكتم سري سرا حجب"),
    ("attack assault offensive strike هاجم يهاجم هجوم اعتدى قصف",
     "defend defence defense protect protection دافع يدافع دفاع حمى يحمي حماية"),
    ("praise applaud commend أشاد يشيد إشادة مدح ثناء أثنى",
     "criticise criticize blame slam انتقد ينتقد انتقاد ذم هاجم لام"),
    ("before prior ahead earlier until pre قبل قبيل سابق حتى",
     "after following since later past post بعد بعيد عقب لاحق منذ إثر"),
    ("first initial opening start debut أول الأول الأولى أولى بداية مطلع",
     "last final latest closing end آخر الأخير الأخيرة ختام نهاية أواخر"),
    ("new recent modern young جديد جديدة حديث حديثة شاب شباب",
     "old ancient former elderly قديم قديمة سابق عجوز مسن كبار عتيق"),
    ("inside indoor internal domestic home local داخل داخلي داخلية محلي محلية وطني",
     "outside outdoor external foreign abroad overseas خارج خارجي خارجية أجنبي أجنبية أجانب"),
    ("public حكومي حكومية عام عامة", "private خاص خاصة أهلي"),
    ("civilian civil مدني مدنية مدنيين", "military army soldier عسكري عسكرية جندي جنود جيش"),
    ("north northern شمال شمالي الشمالية", "south southern جنوب جنوبي الجنوبية"),
    ("east eastern شرق شرقي الشرقية", "west western غرب غربي الغربية"),
    ("man men male boy father husband son brother king رجل رجال ذكر ذكور ولد أب زوج ابن شقيق ملك",
     """woman women female girl mother wife daughter sister queen امرأة نساء سيدة أنثى إناث بنت
     فتاة أم زوجة ابنة شقيقة ملكة"""),
    ("republican conservative right جمهوري جمهوريين محافظ يمين",
     "democrat democratic liberal left ديمقراطي ديمقراطيين يسار"),
    ("safe safety secure safely آمن آمنة أمان سلامة",
     "dangerous danger unsafe risky hazardous خطر خطير خطورة خطيرة أخطر"),
    ("likely probable certain sure مرجح محتمل مؤكد أكيد", "unlikely improbable doubtful مستبعد مشكوك"),
    ("possible feasible can ممكن يمكن", "impossible unfeasible cannot مستحيل يتعذر يستحيل"),
    ("easy easier simple facilitate سهل سهولة يسير سهلة تسهيل",
     "difficult hard harder difficulty صعب صعوبة صعبة عسير تعقيد"),
    ("cheap cheaper inexpensive رخيص أرخص", "expensive costly dear غال مكلف باهظ أغلى"),
    ("rich wealthy affluent غني ثري أغنياء", "poor poverty needy فقير فقراء فقر"),
    ("many much several numerous majority كثير كثيرة عديد وفير وفرة",
     "few little scarce hardly rarely قليل قليلة نادر ندرة شح"),
    ("often always frequent regularly common دائما غالبا مرارا شائع معتاد",
     "rarely never seldom rare نادرا أبدا نادر قلما"),
    ("permanent lasting دائم دائمة مستدام", "temporary interim provisional مؤقت مؤقتة انتقالي"),
    ("long term longterm طويل طويلة", "short brief قصير قصيرة وجيز"),
    ("compulsory mandatory obligatory force forced إلزامي إجباري قسري مجبر", "voluntary optional طوعي اختياري تطوعي"),
    ("optimistic optimism hopeful confident confidence reassured متفائل تفاؤل تفاءل واثق ثقة مطمئن",
     "pessimistic pessimism doubt worried worry concern concerned fear متشائم تشاؤم شك قلق مخاوف خشية خوف"),
    ("relief help benefit useful beneficial good ارتياح مساعدة نفع فائدة مفيد إيجابي جيد",
     "trouble harm damage hurt harmful bad ضرر ضار أضر مضر أذى سلبي سيئ"),
    ("positive optimistic إيجابي إيجابية", "negative سلبي سلبية"),
    ("true correct right accurate truth correctly صحيح صحيحة صواب حقيقي صائب دقيق",
     "false wrong incorrect mistake mistaken inaccurate untrue خطأ خاطئ خاطئة كاذب كاذبة باطل زائف"),
    ("high expensive large big great huge كبير كبيرة عال عالية ضخم ضخمة هائل",
     "low small slight minimal tiny little modest صغير صغيرة ضئيل ضئيلة طفيف محدود متواضع"),
    ("calm peaceful stable stability peace truce quiet هدوء هادئ سلمي سلمية استقرار مستقر سلام هدنة",
     "tense violent unstable unrest war violence turmoil توتر متوتر عنف عنيف اضطراب مضطرب حرب فوضى"),
    ("unite united union unity merge merger وحد توحيد اتحاد وحدة اندماج دمج",
     "split divide separate break انقسام انقسم فصل انفصال قسم"),
    ("agree agreed agreement consensus unanimous deal اتفق يتفق اتفاق توافق إجماع",
     "disagree disagreement differ dispute disputed divided اختلف يختلف خلاف نزاع انقسم"),
    ("remember recall mention ذكر تذكر", "forget forgot forgotten نسي ينسى تناسى"),
    ("love like admire want wish أحب يحب حب رغب رغبة أعجب", "hate dislike loathe avoid كره يكره كراهية تجنب"),
    ("willing ready keen eager مستعد استعداد حريص حرص راغب", "reluctant unwilling hesitant متردد تردد عازف ممتنع"),
    ("dark cold winter cool ظلام بارد برد شتاء مظلم", "light hot warm summer heat bright حار حر صيف دافئ نور"),
    ("morning dawn صباح فجر", "evening night مساء ليل ليلة"),
    ("employer owner master landlord صاحب مالك رب", "employee worker staff tenant عامل موظف عمال موظفين مستأجر"),
    ("teacher doctor معلم طبيب مدرس", "student pupil patient طالب تلميذ مريض طلاب مرضى"),
    ("nationalise nationalize تأميم أمم", "privatise privatize privatisation خصخصة"),
    ("clear clearly obvious certain واضح واضحة بوضوح جلي", "unclear vague uncertain ambiguous غامض غامضة ملتبس"),
    ("gradual gradually slowly تدريجي تدريجيا", "immediate immediately sudden suddenly abrupt فوري فورا مفاجئ فجأة"),
    ("adequate enough sufficient ample awash abundant كاف كافية يكفي وافر",
     "inadequate insufficient short lack shortage نقص ناقص قاصر"),
    ("full crowded packed ممتلئ مكتظ مزدحم", "empty vacant خال خالية فارغ"),
    ("float rise surface طفا", "sink sank drown غرق"),
    ("married marry marriage wed تزوج زواج", "divorce divorced طلاق طلق"),
    ("born birth ولد مولود ولادة", "die died death توفي وفاة مات"),
    ("plead plea guilty مذنب", "innocence innocent براءة بريء"),
    ("fit healthy recover recovered heal شفي شفاء تعافى سليم",
     "injured ill sick injury wounded مصاب إصابة جريح مرض أصيب"),
    ("direct directly مباشر مباشرة", "indirect indirectly"),
    ("help aid assist foster promote facilitate ساعد يساعد مساعدة أسهم ساهم يساهم سهل تسهيل عزز",
     "hamper hinder impede obstruct undermine عرقل يعرقل عرقلة أعاق يعيق إعاقة قوض يقوض أضر"),
    ("keep kept retain hold held احتفظ يحتفظ احتفاظ أبقى إبقاء تمسك",
     "sell sold divest dump shed باع يبيع بيع تخلى تخلص"),
    ("ignite erupt spread lit أشعل اندلع اندلاع إشعال انتشر انتشار",
     "extinguish douse contain أخمد إخماد أطفأ إطفاء احتواء"),
    ("bright golden rosy promising مشرق واعد زاهر ذهبي", "bleak gloomy grim قاتم كئيب مظلم"),
    ("aggravate exacerbate worsen escalate intensify فاقم تفاقم صعد تصعيد زاد تزيد",
     "ease alleviate relieve defuse خفف يخفف تخفيف هدأ تهدئة"),
    ("trust believe credible ثقة صدق مصداقية", "doubt suspect distrust sceptical skeptical شك تشكيك شكك"),
    ("spend spent spending أنفق ينفق إنفاق صرف", "save saved saving وفر توفير ادخار ادخر"),
    ("income revenue إيراد إيرادات دخل عائدات", "cost expense expenditure تكلفة تكاليف نفقات مصروفات"),
    ("urban city مدينة مدن حضر", "rural village countryside ريف ريفي قرية قرى"),
    ("wholesale جملة", "retail تجزئة"),
    ("onshore land بر بري برا", "offshore sea بحر بحري بحرا"),
    ("consumer customer client demand زبون مستهلك طلب", "producer supplier supply منتج مورد عرض"),
)  # fmt: skip
"""Pairs of word groups: what one says the other denies, of the same thing."""

SHORTEST_SKELETON = 4
"""Consonants from which two forms of an Arabic word are known by them alone."""

_PARTICLE = re.compile(r"^(?:وال|بال|فال|كال|لل|ال|[وفبلس])")
_IMPERFECT = re.compile(r"^[وف]?س?[يتن](?=\w{3})")
_PERSON = re.compile(r"(?<=\w{3})(?:تا|وا|ون|ين|ات|ت|ه|ها)$")
_LONG_VOWELS = re.compile("[اويىءئؤ]")


def sides(word: str) -> Mapping[int, int]:
    """Return the pairs of opposites that a folded word belongs to, each with its side, 1 or -1."""
    if word.isascii():
        return _SIDES.get(word) or _SIDES.get(stem(word)) or {}
    return next((found for form in _forms(word) if (found := _SIDES.get(form))), {})


def _forms(word: str) -> Iterator[str]:
    """Yield an Arabic word, what is left of it without particles, person and ending, and its consonants."""
    bare = _PARTICLE.sub("", word, count=1)
    person = _PERSON.sub("", bare, count=1)
    past = _PERSON.sub("", word, count=1)
    yield from (word, bare, _IMPERFECT.sub("", word, count=1), _IMPERFECT.sub("ي", word, count=1), person, past)
    yield from (f"{stem}ي" for stem in (past, person) if stem != word)  # ألغت is of ألغى
    skeletons = (_skeleton(form) for form in (person, _IMPERFECT.sub("", person, count=1)))
    yield from (skeleton for skeleton in skeletons if len(skeleton) > SHORTEST_SKELETON)


def _skeleton(word: str) -> str:
    """Return the consonants of an Arabic word behind a mark that no word has."""
    return "=" + _LONG_VOWELS.sub("", word)


def _sides() -> Mapping[str, dict[int, int]]:
    sides: dict[str, dict[int, int]] = {}
    for group, pair in enumerate(_OPPOSITES):
        for side, words in zip((1, -1), pair, strict=True):
            for word in folded(words):
                for form in {word, stem(word) if word.isascii() else _skeleton(word)}:
                    sides.setdefault(form, {}).setdefault(group, side)
    return {form: groups for form, groups in sides.items() if len(form) > (SHORTEST_SKELETON if form[0] == "=" else 1)}


_SIDES = _sides()
