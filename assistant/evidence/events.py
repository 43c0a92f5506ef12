"""What happens in news, and the words of the two languages that tell it: who died was killed, or «لقي حتفه». Pure.

The vectors of words say which ones stand in like texts, of which opposites are some; these tables say which ones tell
one event. A word may tell several.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from index.text import fold_text, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Vectors

TOLD = 0.7
"""Grade of a word that tells the event which another word of the question tells."""

_EVENTS = """
die died dead death deaths kill killed killing fatal fatality fatalities lives perish perished slain
casualties toll
قتل يقتل قتلى قتيل مقتل اغتيل مصرع مصرعه صرع حتف حتفه حتفهم مات يموت موت وفاة توفي توفى وفيات ضحية ضحايا أودى
أودت هلك
استشهد شهيد شهداء لفظ أنفاسه

injure injured injury injuries wound wounded hurt casualties
جرح يجرح جرحى جريح مجروح أصيب يصاب إصابة إصابات مصاب مصابون مصابين

arrest arrested detain detained detention custody capture captured apprehend caught seized
اعتقل يعتقل اعتقال معتقل أوقف إيقاف توقيف موقوف موقوفين احتجز احتجاز محتجز ضبط ألقت القبض قبض

jail jailed prison imprison imprisoned sentence sentenced term
سجن يسجن سجين حبس حبسه محبوس عقوبة عقوبات

verdict ruling sentence sentenced convict convicted conviction condemn ruled
حكم أحكام قضت قضى إدانة أدان أدين أدانت مدان عقوبة

acquit acquitted cleared
برأ برأت براءة تبرئة

release released free freed
أفرج إفراج إطلاق سراح أطلق سبيل إخلاء

build built building construct constructed construction erect erected establish
بنى بني يبني بناء شيد تشييد أقيم أقام إنشاء أنشئ أنشئت أنشأ

found founded establish established establishment create created creation set launch launched
أسس تأسس تأسيس مؤسس أنشأ أنشئ أنشئت إنشاء أحدث إحداث أحدثت بعث بعثت استحدث استحداث أطلق إطلاق

design designed designer draw drew architect
صمم يصمم تصميم مصمم مهندس

own owns owned owner belong belongs possess property
ملك يملك تملك امتلك يمتلك مالك مملوك ملكية تابع تعود صاحب

buy bought purchase purchased acquire acquired acquisition
اشترى يشتري تشتري شراء اقتنى اقتناء ابتاع استحوذ استحواذ حصل للحصول

sell sold sale sales
باع يبيع تبيع بيع مبيعات مباع

steal stolen stole theft rob robbed robbery loot looted plunder
سرق يسرق سرقة نهب نهبت منهوب افتك افتكا سلب استولى استيلاء سطو

smuggle smuggled smuggling traffic
هرب هربت تهريب مهرب

pay paid payment cost costs price fee spend spent
دفع يدفع سدد تسديد مقابل كلف كلفة تكلف تكلفة ثمن سعر أنفق إنفاق رسوم

worth value valued valuable estimate estimated price precious expensive
قيمة قيمته تقدر قدر تقدير ثمن أثمن أغلى سعر

earn earns salary wage pay income
يتقاضى تقاضى راتب أجر أجور يكسب دخل

finance financed fund funded funding funds money bankroll
مول يمول تمويل ممول

profit profits earnings gain gains earned
ربح أرباح ربحت أرباحها مكاسب

loss losses lose lost deficit
خسر خسرت خسارة خسائر عجز

rise rises rose risen raise raised increase increased surge surged climb climbed grow grew growth jump higher
gain up lift
lifted
ارتفع يرتفع ترتفع ارتفاع زاد يزيد تزيد زيادة ازداد تزايد صعد صعود رفع ترفيع ترفع نما نمو قفز

fall falls fell fallen drop dropped decline declined decrease decreased shrink lower lowered cut slump dip
reduce reduced
انخفض ينخفض انخفاض تراجع يتراجع هبط هبوط نقص تقلص خفض تخفيض يخفض قلص تقليص تدنى

resign resigned resignation quit quits step stepped leave left depart departure
استقال يستقيل استقالة استقالته مستقيل تنحى تنحي غادر ترك رحيل

sack sacked dismiss dismissed dismissal fire fired oust ousted remove removed suspend suspended
أقال إقالة أقيل عزل أعفى أعفي إعفاء إعفائه فصل طرد طرده

appoint appointed appointment name named nominate chosen
عين تعيين عينت معين سمى اختار اختيار كلف تكليف ولى تولى

lead leads led head heads headed run runs manage manages charge chair
قاد يقود تقود قيادة ترأس يترأس رئاسة أدار يدير إدارة مدير رئيس تولى يتولى يشرف إشراف

join joined start started begin began
انضم انضمام التحق التحاق

replace replaced succeed succeeded successor
خلف خلفا خلفه استبدل استبدال بديل محل

begin begins began begun start starts started launch launched kick opening
بدأ يبدأ تبدأ بدء بداية انطلق ينطلق تنطلق انطلاق شرع استهل

end ends ended finish finished complete completed completion conclude concluded
انتهى ينتهي تنتهي انتهاء نهاية اختتم اختتام ختام اكتمل يكتمل سيكتمل اكتمال أنجز إنجاز أتم إتمام

resume resumed restart reopen reopened continue
استأنف يستأنف استئناف عاود يعاود تعاود عاد معاودة

open opens opened opening inaugurate inaugurated
فتح يفتح تفتح افتتح يفتتح افتتاح تدشين دشن يستقبل

close closed closes closing closure shut shuts shutdown
أغلق يغلق إغلاق أقفل إقفال مغلق

delay delayed delays postpone postponed postponement defer late
أجل يؤجل تؤجل تأجيل تأجل أرجأ إرجاء تأخر تأخير تأخرت

cancel cancelled canceled cancellation scrap scrapped call
ألغى يلغي تلغي إلغاء ألغيت ألغت

collapse collapsed collapses collapsing cave caved
انهار ينهار انهيار تداعى سقوط

crash crashed collide collided collision hit accident incident
اصطدم اصطدام تصادم ارتطم تحطم تحطمت حادث حادثة واقعة

attack attacked attacks assault raid raided raids strike strikes struck target targeted bombard bombardment
shell shelled
shelling
هجوم هاجم يهاجم هاجمت مهاجم مهاجمون اعتداء قصف يقصف قصفت غارة غارات ضرب ضربة ضربات استهدف استهداف

shoot shot fire fired shooting gunfire
أطلق إطلاق نار رصاص رصاصة فتح

fight fighting fought battle battles clash clashes clashed combat
قتال معركة معارك اشتباك اشتباكات اشتبك مواجهة مواجهات حرب نزاع

protest protests protested demonstrate demonstrated demonstration march marched rally demonstrators
احتج يحتج احتجاج احتجاجات محتج محتجون تظاهر يتظاهر تظاهرة تظاهرات مظاهرة مظاهرات متظاهر متظاهرون متظاهرين
مسيرة
اعتصم اعتصام وقفة

strike strikes walkout stoppage
إضراب أضرب مضرب مضربون

rescue rescued save saved evacuate evacuated recover recovered pull pulled retrieve free freed
أنقذ ينقذ إنقاذ أخرج إخراج انتشل انتشال إجلاء أجلى نجا نجاة

survive survived survivor alive live
نجا ينجو نجاة ناج ناجون حيا حياة

missing disappear disappeared vanish lost found trace
مفقود مفقودون مفقودين فقد اختفى اختفاء

drown drowned drowning flood flooded flooding water sink sank
غرق يغرق غرقا غريق غمر غمرت فيضان سيول

burn burned fire fires blaze
حرق احترق حريق حرائق نيران اندلع

explode exploded explosion blast bomb bombing
انفجر انفجار تفجير تفجيرات فجر عبوة قنبلة

search searched hunt look looking
بحث يبحث تفتيش فتش

discover discovered discovery find found uncover uncovered unearth light detect
اكتشف يكتشف اكتشاف عثر عثرت يعثر عثور وجد كشف يكشف

investigate investigation inquiry probe
حقق يحقق تحقيق تحقيقات تحقيقا أبحاث بحث

treat treated treatment hospital hospitalised care
عالج يعالج علاج معالجة إسعاف مستشفى مشفى تلقى

move moved transfer transferred transport carry carried take taken bring
نقل ينقل نقلت نقلوا حول تحويل

visit visits visited visiting tour trip travel travelled travel go went arrive
زار يزور زيارة زائر توجه يتوجه سافر سفر وصل وصول جولة قام

meet meets met meeting talks hold receive received host
لقاء التقى يلتقي التقت اجتمع اجتماع محادثات مباحثات استقبل يستقبل استقبال مؤتمر

talks talk negotiate negotiated negotiation negotiations discuss discussed discussion dialogue
محادثات مفاوضات تفاوض حوار مباحثات ناقش يناقش ناقشنا مناقشة بحث تباحث نقاش تطرق

mediate mediator mediation mediated broker sponsor
وسيط وساطة توسط رعى يرعى يرعاها رعاية مبعوث

agree agreed agreement deal accord pact treaty contract sign signed
اتفق اتفاق اتفاقية صفقة عقد تعاقد معاهدة أبرم إبرام وقع توقيع أمضى إمضاء

accept accepted approve approved approval permit permission allow authorise authorised
قبل يقبل قبول وافق يوافق موافقة أقر إقرار صادق مصادقة سمح إذن رخصة ترخيص

reject rejected rejects rejection refuse refused refuses decline declined oppose opposed opposes opposition
against veto
رفض يرفض رافض عارض يعارض معارضة اعترض اعتراض امتنع نقض ضد

ban bans banned prohibit prohibited forbid forbidden outlaw
منع يمنع تمنع ممنوع حظر يحظر محظور يسمح

deny denied denies denial dismiss dismissed
نفى ينفي تنفي نفي أنكر ينكر إنكار

blame blamed accuse accused accusation responsible responsibility charge charged
اتهم يتهم اتهام اتهامات حمل مسؤولية لام ألقى

criticise criticised criticize criticized criticism attack angry upset anger annoy annoyed
انتقد ينتقد انتقاد انتقادات غضب غاضب استياء مستاء انزعج

complain complained complaint grievance told
شكا يشكو شكوى شكاوى تذمر

threaten threatened threat threats warn warned warning
هدد يهدد تهديد تهديدات حذر يحذر تحذير تحذيرات

call called urge urged appeal demand demanded ask asked request requested want wants seek sought apply
application filed
دعا يدعو دعوة ناشد طالب يطالب مطالبة طلب يطلب التمس حث أهاب يهيب مناشدة

promise promised promises pledge pledged vow
وعد يعد تعهد يتعهد تعهدات

expect expects expected forecast forecasts predict predicted prediction foresee see likely
توقع يتوقع تتوقع توقعات متوقع رجح يرجح مرجح يرى مرتقب منتظر

plan plans planned intend intends intention aim
خطط يخطط خطة اعتزم يعتزم نية ينوي تنوي

apologise apologised apologize apology sorry regret regretted
اعتذر يعتذر اعتذار أسف أسفه ندم

praise praised welcome welcomed hail hailed thank thanked
أشاد يشيد إشادة امتدح رحب يرحب ترحيب أثنى شكر

vote voted votes ballot poll
صوت يصوت تصويت أصوات اقتراع

election elections electoral poll
انتخاب انتخابات انتخابي اقتراع

win won wins winner victory clinch claim beat defeat
فاز يفوز فوز فائز انتصر انتصار نال ينال أحرز يحرز حصد توج ظفر حقق تغلب هزم

score scored scores goal goals
سجل يسجل تسجيل هدف أهداف هدفي أحرز

train trained training camp prepare preparation preparations
تدرب يتدرب تدريب تدريبات معسكر إعداد تحضيرات تحضير استعداد

coach manager
مدرب تدريب

hold held host stage staged take place venue
عقد يعقد تعقد أقيم تقام يقام مقام احتضن استضاف انعقد

live lives lived living reside resident home based
يعيش عاش يقيم إقامة مقيم يسكن سكن قاطن قاطنة تقطن يقطن مقر

stay stayed sleep slept spend night
إقامة أقام يقيم نزيل مبيت بات ينام نام نوم

guest guests
ضيف ضيوف نزيل نزلاء

publish published release released issue issued post posted
نشر ينشر نشرت أصدر يصدر صدر إصدار

watch watched view views viewed audience spectators crowd attendance
شاهد يشاهد مشاهدة مشاهدات متفرج متفرجين جمهور حضر حضور

spread go viral popular
انتشر ينتشر انتشار رواج شهرة

receive received receives get gets got given deliver delivered delivery supply supplied arrive
تسلم يتسلم استلم استلام تسليم تلقى يتلقى حصل توفير تصل وصول سلم

return returned returns handed hand back give
أعاد يعيد إعادة عاد عودة رد استرجاع استرد

last lasts lasted long run runs duration take takes
استغرق يستغرق تستغرق دام يدوم استمر يستمر مدة فترة

reason reasons cause causes caused because why behind led prompted due
سبب أسباب تسبب يتسبب بسبب نتيجة أدى جراء لأن دافع دوافع مرجعا

aim goal purpose objective target intended
هدف أهداف غاية غرض يهدف تهدف يسعى

fail failed failure problem problems crisis trouble difficulties difficulty suffer suffers
فشل يفشل أزمة مشكلة مشاكل صعوبة صعوبات يعاني تعاني معاناة تعثر يشكو

damage damaged destroy destroyed destruction harm
ضرر أضرار دمر دمار تدمير خراب خسائر تضرر يضر

control controls controlled seize seized captured capture rule hold
سيطر يسيطر تسيطر سيطرة استولى

worker workers employee employees staff employ employs employed workforce job jobs work
عامل عمال عاملون عاملين موظف موظفون موظفين يعمل وظيفة وظائف

speech address addressed remarks told
كلمة خطاب ألقى

called name named rename renamed title known
اسم تسمية سمى يسمى علامة

change changed changing changes amend amended amendment alter revise revised
غير يغير تغيير تعديل عدل معدل

reduce cut cuts austerity
تقشف خفض

poll survey study research
استطلاع دراسة بحث

use uses used
استخدم يستخدم استخدام استعمل استعمال

ship vessel boat ferry
سفينة قارب زورق عبارة باخرة

car cars vehicle vehicles
سيارة سيارات مركبة عربة

plane planes aircraft airplane jet
طائرة طائرات

policeman policemen police officer officers
شرطة شرطي شرطيون أمن أمنيون عون أعوان

soldier soldiers troops military
جندي جنود عسكري عسكريون قوات جيش

company firm carrier airline operator
شركة مؤسسة خطوط ناقل

spokesman spokeswoman spokesperson
متحدث متحدثة ناطق
"""

_PARTICLES = ("", "و", "ف", "س", "ب", "ل", "ال", "وال", "بال", "لل", "وس")


def _forms(word: str) -> set[str]:
    """Return a folded word, and what is left of it without particles and endings."""
    if word.isascii():
        return {word, stem(word)}
    bare = {word.removeprefix(particle) for particle in _PARTICLES if word.startswith(particle)}
    return {form for form in bare | {stem(one) for one in bare} if len(form) > 1}


@lru_cache(maxsize=1)
def _events_of_forms() -> dict[str, frozenset[int]]:
    """Return the numbers of the events that each form of the tables tells."""
    known: dict[str, set[int]] = {}
    for number, group in enumerate(_EVENTS.strip().split("\n\n")):
        for word in map(fold_text, group.split()):
            for form in (word, stem(word)):
                known.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in known.items()}


@lru_cache(maxsize=20_000)
def events_of(word: str) -> frozenset[int]:
    """Return the numbers of the events that a folded word tells."""
    known = _events_of_forms()
    return frozenset[int]().union(*(known.get(form, frozenset()) for form in _forms(word)))


def raise_by_event(graded: Vectors, terms: Sequence[str], words: Sequence[str]) -> None:
    """Raise the grades, shape (terms, words), of words that tell one event to at least `TOLD`."""
    asked = [(row, events) for row, term in enumerate(terms) if (events := events_of(term))]
    if not asked:
        return
    for column, word in enumerate(words):
        told = events_of(word)
        if told:
            for row, events in asked:
                if not events.isdisjoint(told):
                    graded[row, column] = max(graded[row, column], TOLD)
