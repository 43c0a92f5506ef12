"""Countries, bodies and places as news names them in both languages: by name, adjective, short form, capital. Pure."""

from __future__ import annotations

from functools import lru_cache

from index.text import fold_text

_ENTITIES = """
russia russian russians|moscow|روسيا روسي روسية روس|موسكو
turkey turkish turks türkiye turk|ankara|تركيا تركي تركية أتراك|أنقرة
syria syrian syrians|damascus|سوريا سورية سوري|دمشق
america american americans us usa|washington|أمريكا أمريكي أمريكية أميركا أميركي أميركية ولايات|واشنطن
iran iranian iranians|tehran|إيران إيراني إيرانية|طهران
iraq iraqi iraqis|baghdad|العراق عراقي عراقية|بغداد
israel israeli israelis|tel-aviv|إسرائيل إسرائيلي إسرائيلية|
palestine palestinian palestinians|ramallah|فلسطين فلسطيني فلسطينية|
lebanon lebanese|beirut|لبنان لبناني لبنانية|بيروت
jordan jordanian jordanians|amman|الأردن أردني أردنية|عمان
egypt egyptian egyptians|cairo|مصر مصري مصرية|القاهرة
saudi saudis|riyadh|السعودية سعودي|الرياض
yemen yemeni yemenis|sanaa|اليمن يمني يمنية|صنعاء
qatar qatari|doha|قطر قطري قطرية|الدوحة
emirates emirati uae|abu-dhabi|الإمارات إماراتي إماراتية|
kuwait kuwaiti|kuwait|الكويت كويتي كويتية|
bahrain bahraini|manama|البحرين بحريني بحرينية|المنامة
oman omani|muscat|عماني عمانية سلطنة|مسقط
libya libyan libyans|tripoli|ليبيا ليبي ليبية|طرابلس
tunisia tunisian tunisians|tunis|تونس تونسي تونسية|
algeria algerian algerians|algiers|الجزائر جزائري جزائرية|
morocco moroccan moroccans|rabat|المغرب مغربي مغربية|الرباط
mauritania mauritanian|nouakchott|موريتانيا موريتاني موريتانية|نواكشوط
sudan sudanese|khartoum|السودان سوداني سودانية|الخرطوم
somalia somali|mogadishu|الصومال صومالي صومالية|مقديشو
ethiopia ethiopian|addis-ababa|إثيوبيا إثيوبي إثيوبية|
nigeria nigerian|abuja|نيجيريا نيجيري نيجيرية|أبوجا
france french|paris|فرنسا فرنسي فرنسية|باريس
germany german germans|berlin bonn|ألمانيا ألماني ألمانية ألمان|برلين
britain british uk england english|london|بريطانيا بريطاني بريطانية إنجلترا|لندن
italy italian italians|rome|إيطاليا إيطالي إيطالية|روما
spain spanish|madrid|إسبانيا إسباني إسبانية|مدريد
portugal portuguese|lisbon|البرتغال برتغالي برتغالية|لشبونة
greece greek greeks|athens|اليونان يوناني يونانية|أثينا
cyprus cypriot|nicosia|قبرص قبرصي قبرصية|نيقوسيا
belgium belgian|brussels|بلجيكا بلجيكي بلجيكية|بروكسل
netherlands dutch holland|hague|هولندا هولندي هولندية|لاهاي
austria austrian|vienna|النمسا نمساوي نمساوية|فيينا
switzerland swiss|geneva|سويسرا سويسري سويسرية|جنيف
sweden swedish|stockholm|السويد سويدي سويدية|ستوكهولم
norway norwegian|oslo|النرويج نرويجي نرويجية|أوسلو
denmark danish|copenhagen|الدنمارك دنماركي|كوبنهاغن
finland finnish|helsinki|فنلندا فنلندي فنلندية|هلسنكي
poland polish poles|warsaw|بولندا بولندي بولندية|وارسو
hungary hungarian|budapest|المجر مجري هنغاريا|بودابست
ukraine ukrainian ukrainians|kyiv kiev|أوكرانيا أوكراني أوكرانية|كييف
belarus belarusian|minsk|بيلاروسيا بيلاروسي|مينسك
georgia georgian|tbilisi|جورجيا جورجي جورجية|تبليسي
armenia armenian armenians|yerevan|أرمينيا أرميني أرمينية أرمن|يريفان
azerbaijan azerbaijani|baku|أذربيجان أذربيجاني أذربيجانية|باكو
kazakhstan kazakh|astana|كازاخستان كازاخستاني|أستانا
china chinese|beijing|الصين صيني صينية|بكين
japan japanese|tokyo|اليابان ياباني يابانية|طوكيو
korea korean koreans|seoul pyongyang|كوريا كوري كورية|سيول
india indian indians|delhi|الهند هندي هندية|نيودلهي دلهي
pakistan pakistani pakistanis|islamabad|باكستان باكستاني باكستانية|
afghanistan afghan afghans|kabul|أفغانستان أفغاني أفغانية أفغان|كابول كابل
indonesia indonesian|jakarta|إندونيسيا إندونيسي|جاكرتا
malaysia malaysian|kuala-lumpur|ماليزيا ماليزي ماليزية|
australia australian|canberra|أستراليا أسترالي أسترالية|كانبيرا
canada canadian canadians|ottawa|كندا كندي كندية|أوتاوا
mexico mexican|mexico|المكسيك مكسيكي|
brazil brazilian|brasilia|البرازيل برازيلي برازيلية|برازيليا
argentina argentine|buenos-aires|الأرجنتين أرجنتيني|
venezuela venezuelan|caracas|فنزويلا فنزويلي فنزويلية|كاراكاس
cuba cuban|havana|كوبا كوبي كوبية|هافانا
peru peruvian|lima|بيرو بيروفي بيروفية|ليما
chile chilean|santiago|تشيلي تشيلية|سانتياغو
colombia colombian|bogota|كولومبيا كولومبي كولومبية|بوغوتا
bolivia bolivian||بوليفيا بوليفي بوليفية|
senegal senegalese|dakar|السنغال سنغالي سنغالية|داكار دكار
kenya kenyan kenyans|nairobi|كينيا كيني كينية|نيروبي
ghana ghanaian||غانا غاني غانية|
uganda ugandan|kampala|أوغندا أوغندي أوغندية|كمبالا
rwanda rwandan|kigali|رواندا رواندي رواندية|كيغالي
cameroon cameroonian||الكاميرون كاميروني كاميرونية|
zambia zambian|lusaka|زامبيا زامبي زامبية|لوساكا
ireland irish|dublin|أيرلندا إيرلندا أيرلندي أيرلندية|دبلن
romania romanian|bucharest|رومانيا روماني رومانية|بوخارست
bulgaria bulgarian|sofia|بلغاريا بلغاري بلغارية|صوفيا
serbia serbian|belgrade|صربيا صربي صربية|بلغراد
croatia croatian|zagreb|كرواتيا كرواتي كرواتية|زغرب
estonia estonian|tallinn|إستونيا إستوني إستونية|تالين
malta maltese|valletta|مالطا مالطي مالطية|فاليتا
vietnam vietnamese|hanoi|فيتنام فيتنامي فيتنامية|هانوي
thailand thai|bangkok|تايلاند تايلاندي تايلاندية|بانكوك
philippines philippine filipino|manila|الفلبين فلبيني فلبينية|مانيلا
bangladesh bangladeshi|dhaka|بنغلاديش بنغلاديشي بنغلاديشية|دكا
nepal nepali nepalese|kathmandu|نيبال نيبالي نيبالية|كاتماندو
uzbekistan uzbek|tashkent|أوزبكستان أوزبكي أوزبكية|طشقند
zealand zealander nz|wellington|نيوزيلندا نيوزيلندي نيوزيلندية|ويلينغتون
singapore singaporean||سنغافورة سنغافوري سنغافورية|
hong kong hk||هونغ كونغ|
taiwan taiwanese|taipei|تايوان تايواني تايوانية|تايبيه
mongolia mongolian||منغوليا منغولي منغولية|
myanmar burma burmese||ميانمار بورما بورمي بورمية|
cambodia cambodian||كمبوديا كمبودي كمبودية|
laos laotian||لاوس|
ecuador ecuadorean|quito|الإكوادور إكوادوري|كيتو
uruguay uruguayan|montevideo|الأوروغواي أوروغواي أوروغوياني|مونتيفيديو
paraguay paraguayan||الباراغواي باراغواي باراغوياني|
panama panamanian||بنما بنمي بنمية|
nicaragua nicaraguan||نيكاراغوا|
honduras honduran||هندوراس|
guatemala guatemalan||غواتيمالا|
haiti haitian||هايتي|
jamaica jamaican||جامايكا جامايكي|
congo congolese|kinshasa|الكونغو كونغولي كونغولية|كينشاسا
angola angolan||أنغولا أنغولي أنغولية|
mozambique mozambican||موزمبيق موزمبيقي|
zimbabwe zimbabwean|harare|زيمبابوي|هراري
tanzania tanzanian||تنزانيا تنزاني تنزانية|
burundi burundian||بوروندي|
eritrea eritrean||إريتريا إريتري إريترية|
djibouti djiboutian||جيبوتي|
gabon gabonese||الغابون غابوني|
gambia gambian||غامبيا غامبي غامبية|
liberia liberian||ليبيريا ليبيري ليبيرية|
madagascar malagasy||مدغشقر|
iceland icelandic|reykjavik|أيسلندا آيسلندا إيسلندا أيسلندي|ريكيافيك
luxembourg luxembourger||لوكسمبورغ|
albania albanian albanians|tirana|ألبانيا ألباني ألبانية|تيرانا
bosnia bosnian|sarajevo|البوسنة بوسني بوسنية|سراييفو
kosovo kosovar|pristina|كوسوفو|بريشتينا
macedonia macedonian||مقدونيا مقدوني مقدونية|
slovenia slovenian|ljubljana|سلوفينيا سلوفيني سلوفينية|
slovakia slovak|bratislava|سلوفاكيا سلوفاكي سلوفاكية|
czech czechoslovakia czechs|prague|التشيك تشيكي تشيكية تشيكوسلوفاكيا|براغ
latvia latvian||لاتفيا لاتفي لاتفية|
lithuania lithuanian|vilnius|ليتوانيا ليتواني ليتوانية|فيلنيوس
moldova moldovan||مولدوفا مولدافيا مولدوفي|
tajikistan tajik|dushanbe|طاجيكستان طاجيكي طاجيكية|دوشنبه
turkmenistan turkmen|ashgabat|تركمانستان تركماني تركمانية|
kyrgyzstan kyrgyz|bishkek|قرغيزستان قرغيزي قيرغيزستان|بيشكيك
europe european europeans eu|brussels|أوروبا أوروبي أوروبية|بروكسل
isis isil daesh||داعش|
nato||ناتو أطلسي|
un||أممي أممية|
pentagon||بنتاغون|
opec||أوبك|
unesco||يونسكو|
unicef||يونيسف|
hamas||حماس|
hezbollah hizbullah hizballah||حزبالله|
fatah||فتح|
taliban||طالبان|
kremlin||كرملين|
palmyra||تدمر|
aleppo||حلب|
jerusalem||قدس|
jericho||أريحا|
sidon||صيدا|
mecca makkah||مكة|
alexandria||إسكندرية|
luxor||أقصر|
tangier||طنجة|
carthage||قرطاج|
constantine||قسنطينة|
nile||نيل|
euphrates||فرات|
tigris||دجلة|
crimea crimean||قرم|
caucasus||قوقاز|
"""
"""A country or body a line: English name and adjectives, English capital, Arabic name and adjectives, Arabic capital.

The article of an Arabic name and the endings of dual and plural are taken off when a word is looked up.
"""

BY_NAME, BY_CAPITAL = 1.0, 0.8
"""How well a name or adjective of an entity says another one, and how well its capital does."""

SHORTEST_BARE = 4
"""Letters of the shortest name that is known behind particles: «بروس» is no Russian."""

_ENDINGS = ("", "ين", "ون", "ان", "تين", "تان", "ا")
_ROWS = [line.split("|") for line in _ENTITIES.strip().splitlines()]


def _read() -> dict[str, tuple[frozenset[int], float]]:
    known: dict[str, tuple[frozenset[int], float]] = {}
    for number, (english, capital, arabic, arabic_capital) in enumerate(_ROWS):
        for words, grade in ((english + " " + arabic, BY_NAME), (capital + " " + arabic_capital, BY_CAPITAL)):
            for written in words.split():
                for word in {fold_text(written), fold_text(written.removeprefix("ال"))}:  # not of ألمانيا
                    before, stronger = known.get(word, (frozenset(), grade))
                    known[word] = (before | {number}, max(grade, stronger))
    return known


_KNOWN = _read()

_BODIES = frozenset(
    ("isis", "nato", "un", "pentagon", "opec", "unesco", "unicef", "hamas", "hezbollah", "fatah", "taliban", "kremlin")
)
_CITIES_AR = """
سورية أميركا ألمانيا إدلب الرقة حمص حماة اللاذقية طرطوس درعا السويداء القامشلي الحسكة عفرين منبج القنيطرة
الغوطة الموصل البصرة أربيل كركوك الأنبار الفلوجة تكريت النجف كربلاء السليمانية عدن تعز الحديدة مأرب صعدة
حضرموت المكلا بنغازي سرت مصراتة طبرق درنة سبها غزة رفح نابلس جنين حيفا يافا دبي الشارقة جدة الدمام الطائف تبوك
أبها نجران جازان القطيف صلالة إسطنبول اسطنبول إزمير أنطاليا قونية براغ بوخارست صوفيا بلغراد سراييفو زغرب دبلن
ريغا سوتشي ميونخ ميونيخ فرانكفورت هامبورغ زيوريخ زوريخ نيويورك شيكاغو كاليفورنيا تكساس فلوريدا مرسيليا ليون
برشلونة ميلانو دافوس مشهد أصفهان تبريز صيدا بعلبك سيناء السويس أسوان الإسماعيلية بورسعيد الجيزة وهران مراكش
أغادير صفاقس سوسة القيروان بنزرت قابس دارفور جوبا نيروبي مومباي كراتشي لاهور قندهار شنغهاي سيدني تورونتو
مونتريال دونيتسك خاركيف أوديسا غروزني آسيا أفريقيا إفريقيا
"""
"""Arabic names of cities and regions in the news, which nothing in the script tells from other words."""


def _read_places() -> frozenset[str]:
    rows = [row for row in _ROWS if row[0].split()[0] not in _BODIES]
    names = [
        word
        for english, capital, arabic, arabic_capital in rows
        for word in (english.split()[0], *capital.split(), *arabic.split()[:1], *arabic_capital.split())
    ]
    return frozenset(map(fold_text, [*names, *_CITIES_AR.split(), "us", "usa", "uk"]))


_PLACES = _read_places()


@lru_cache(maxsize=50_000)
def _entity(word: str) -> tuple[frozenset[int], float] | None:
    return _named(word) or next(filter(None, map(_named, _without_particles(word))), None)


def _named(word: str) -> tuple[frozenset[int], float] | None:
    for bare in (word, word.removeprefix("ال")):
        for ending in _ENDINGS:
            if bare.endswith(ending) and (found := _KNOWN.get(bare.removesuffix(ending))):
                return found
    return None


def _without_particles(word: str) -> list[str]:
    """Return what an Arabic word may be without particles joined before it: وفرنسا, لكولومبيا, وللعراق, بالعراق."""
    joined = word[1:] if word[:1] in ("و", "ف") else word
    found = [joined]
    for rest in (word, joined):
        if rest.startswith("لل"):
            found.append("ال" + rest[2:])
        if rest[:1] in ("ب", "ك", "ل"):
            found.append(rest[1:])
    return [bare for bare in found if bare != word and len(bare) >= SHORTEST_BARE]


def same_entity(first: str, second: str) -> float:
    """Return how well one folded word names the country or body that another names; 0 where they name none together."""
    one, other = _entity(first), _entity(second)
    if one is None or other is None or not one[0] & other[0]:
        return 0.0
    return min(one[1], other[1])


def is_entity(word: str) -> bool:
    """Tell whether a folded word names a country, its people, its capital, or a body."""
    return _entity(word) is not None


def names_entity(word: str) -> bool:
    """Tell whether a folded word, with no particle joined before it, names what `is_entity` tells of."""
    return _named(word) is not None


def is_place(word: str) -> bool:
    """Tell whether a folded word names a country, a city or a river itself: no people and no body."""
    return word in _PLACES or not _PLACES.isdisjoint(_without_particles(word))


def entity_names(word: str) -> tuple[str, str] | None:
    """Return the English and the Arabic name of the country that a folded word names; None where it names none.

    Bodies known by a short form and words that may mean several countries have none.
    """
    found = _entity(word)
    if found is None or len(found[0]) != 1:
        return None
    english, capital, arabic, _ = _ROWS[next(iter(found[0]))]
    return (english.split()[0].capitalize(), arabic.split()[0]) if capital else None


_IN_FULL = {"saudi": "Saudi Arabia"} | {word: word.upper() for word in ("nato", "opec", "isis", "unesco", "unicef")}
_OF_SEVERAL = frozenset({fold_text("عمان")})  # Oman, or Amman


@lru_cache(maxsize=50_000)
def translate_entity(word: str) -> str | None:
    """Return the other language's word for the country, its people or capital, or the body that a folded word names.

    None where the word names none, may name several, or is a form without a counterpart of its own. Bodies are rendered
    in English only: Arabic says some of them in several words.
    """
    found = _entity(word)
    if found is None or len(found[0]) != 1 or word in _OF_SEVERAL:
        return None
    english, capital, arabic, arabic_capital = (part.split() for part in _ROWS[next(iter(found[0]))])
    if word.isascii():
        if found[1] < BY_NAME:
            return arabic_capital[0] if arabic_capital else None
        return dict(zip(english[:2], arabic, strict=False)).get(word) if capital else None
    if found[1] < BY_NAME:
        return capital[0].replace("-", " ").title()
    if word.removeprefix("ال") == fold_text(arabic[0]).removeprefix("ال"):
        return _IN_FULL.get(english[0], english[0].title())
    if len(english) < 2 or not word.endswith(("ي", "يه")):
        return None
    return (english[0] if english[1] == f"{english[0]}s" else english[1]).title()
