"""The fixed phrases of news pages in both languages: agencies' names, headings, buttons, invitations and credits."""

from __future__ import annotations

import re

from index.text import fold_text

_NO_WORD = re.compile(r"[\W_]+")


def phrase_key(text: str) -> str:
    """Return the words of a text alone, folded: what a page's line is compared with the fixed phrases by."""
    return folded_key(fold_text(text))


def folded_key(folded: str) -> str:
    """Return the words of a folded text alone."""
    return _NO_WORD.sub(" ", folded).strip()


AGENCIES = {
    phrase_key(name): name
    for name in (
        "سانا", "وكالات", "الوكالات", "رويترز", "سيريانيوز", "الأناضول", "أ ف ب", "أف ب", "فرانس برس", "د ب أ", "أ ب",
        "أسوشيتد برس", "تاس", "نوفوستي", "سبوتنيك", "إنترفاكس", "شينخوا", "واس", "قنا", "وام", "كونا", "بنا", "وفا",
        "بترا", "أ ش أ", "واع", "إرنا", "فارس", "تسنيم", "روسيا اليوم", "وات", "Reuters", "AP", "AFP",
        "Associated Press", "The Associated Press", "Agence France-Presse", "TASS", "Interfax", "RIA Novosti",
        "Sputnik", "Xinhua", "Anadolu Agency", "Anadolu", "AA", "SANA", "DPA", "UPI", "SPA", "WAM", "QNA", "KUNA",
        "PETRA", "MENA", "IRNA", "Bloomberg", "Agencies", "SyriaNews",
    )
} | {"reuter": "Reuters"}  # fmt: skip
"""News agencies by the key of their name, as pages name them in a dateline or on a line of their own."""

PAPERS = frozenset(map(phrase_key, ("سبق", "عين اليوم", "اليوم", "المدينة")))
"""Papers that stand where a dateline has its place."""

TAILS = frozenset(
    phrase_key(phrase)
    for phrase in (
        "TAG", "TAGS", "المواضيع الأكثر قراءة", "الأكثر قراءة", "الأكثر مشاهدة", "مقالات ذات صلة", "مواضيع ذات صلة",
        "مقالات أخرى", "مقالات أخرى للكاتب",
        "أخبار ذات صلة", "أخبار متعلقة", "مواضيع متعلقة", "مقالات مشابهة", "قد يعجبك", "قد يعجبك أيضا", "قد يهمك أيضا",
        "المزيد من الأخبار", "آخر الأخبار", "التعليقات", "اترك تعليقا", "كلمات مفتاحية", "الكلمات المفتاحية", "وسوم",
        "الوسوم", "related articles", "related stories", "related news", "related topics", "related", "most read",
        "most popular", "most viewed", "more from", "more news", "more stories", "you may also like",
        "you might also like", "recommended", "read next", "trending", "comments", "leave a comment", "latest news",
        "keywords",
    )
)  # fmt: skip
"""Headings after which a page no longer tells its own story."""

FURNITURE = frozenset(
    phrase_key(phrase)
    for phrase in (
        "share", "close", "print", "email", "tweet", "facebook", "twitter", "whatsapp", "telegram", "linkedin",
        "copy link", "save", "advertisement", "subscribe", "sign up", "menu", "search", "home", "back to top",
        "share this", "share this article", "loading", "next", "previous", "our standards the thomson reuters trust"
        " principles", "شارك", "مشاركة", "شارك الخبر", "شاركها", "طباعة", "إغلاق", "نسخ الرابط", "فيسبوك", "تويتر",
        "واتساب", "تيلغرام", "إعلان", "اشترك", "الرئيسية", "زر الذهاب إلى الأعلى", "القائمة", "بحث", "تابعنا", "حفظ",
        "انسخ الرابط", "البريد الإلكتروني", "انتهى",
    )
)  # fmt: skip
"""Buttons and labels that stand on a line of their own, alone or in a row."""

LONGEST = max(map(len, (*AGENCIES, *TAILS, *FURNITURE)))
"""Letters that the words of a fixed phrase have at most, the spaces between them among these."""

ELSEWHERE = re.compile(
    r"""(?: اقر[ا](?:\ ايضا|\ المزيد) | شاهد\ ايضا | رابط\ (?:الخبر|المقال|الموضوع)
        | (?:read|see)\ also | also\ read )\b
    | read\ more\ ?[:>"] | related(?:\ (?:articles?|stor(?:y|ies)|news|topics?))?\ ?:""",
    re.VERBOSE,
)
"""How a folded line begins that leads to another story, named after it or on the next line."""

INVITATION = re.compile(
    r"""(?: تابعو(?:ا|نا)
        | تابعنا\ (?:علي|عبر|في)
        | اشترك(?:وا)?\ (?:الان|معنا|في\ (?:نشر|قنا|القنا|خدم))
        | للاشتراك
        | انضم(?:وا)?\ الينا
        | حمل(?:وا)?\ تطبيق
        | عبر\ ارسال\ كلمه
        | لمتابعه\ (?:اخر|المزيد|اخبار|صفح|قنا)
        | شارك(?:وا)?\ (?:الخبر|المقال)
        | (?:جميع\ الحقوق|حقوق\ النشر)\ محفوظه
        | (?:وسوم|الوسوم|كلمات\ مفتاحيه|الكلمات\ المفتاحيه|tags?|keywords)\ ?:
        | مقالات\ اخري\ للكاتب
        | اقرا\ المزيد$ | read\ more$
        | follow\ (?:us|our)\b
        | subscribe\ (?:to|now|for)\b
        | sign\ up\ (?:to|now|for|here)\b
        | download\ (?:our|the)\ app\b
        | join\ (?:us|our\ \w+)\ (?:on|at)\b
        | click\ here\b
        | all\ rights\ reserved
        | (?:copyright\ )?(?:©|\(c\)|copyright)\ ?(?:19|20)\d\d
        | copyright\ ©
        | photo\ ?:
        | share\ (?:this|on)\b
        | https?://\S+$ | www\.\S+$
    )""",
    re.VERBOSE,
)
"""How a folded line begins that invites, advertises or states rights."""

LABELS = re.compile(
    r"(?:^|(?<=[.!؟?…»”\"] ))سمات(?: [^\s.!؟?،؛:]+){1,12}$|(?<!\S)رابط الخبر بصحيفة [^\s:]+(?: [^\s:]+){0,3} ?:.*$"
)
"""The labels of a story, or a link to itself, which a page prints behind its last sentence and parts by nothing: «سمات
الحرب اليمن», «رابط الخبر بصحيفة الوئام: الوزراء يتفقون»."""

LABEL_WORDS = ("سمات", "رابط الخبر")
"""What stands in any of them: they are looked for in the whole of a paragraph, which takes longer."""

CREDIT = re.compile(
    r"""\(? (?: (?:additional\ |with\ )?(?:reporting|writing)\ by | edited\ by | editing\ by
        | اعداد\ .*(?:تحرير|للنشره) | تحرير\ .*(?:اعداد|للنشره) | تغطيه\ صحفيه )\b""",
    re.VERBOSE,
)
"""How a folded line begins that names those who made the story."""

CREDIT_BEGINNING = re.compile(r"\(?(?:additional|with|reporting|writing|edit|اعداد|تحرير|تغطيه)")
"""With which words: by these alone most lines are told, without folding all of them."""

ORDER = re.compile(
    r"""(?: (?:important\ |new\ |secret\ )?instructions?\ (?:to|for)\ (?:the\ |an?\ |any\ |all\ )?
            (?:ai|assistant|chat\ ?bot|model|language\ model|llm)
        | (?:system|developer|assistant)(?:\ (?:message|prompt|note))?\ ?:
        | (?:please\ )?(?:ignore|disregard|forget)\ (?:all\ |any\ )?(?:of\ )?(?:the\ |your\ |these\ )?
            (?:previous|prior|above|earlier|preceding|other)\ (?:instruction|prompt|order|rule|text)
        | you\ are\ (?:now\ )?(?:an?\ )?(?:ai|assistant|language\ model|chat\ ?bot)\b
        | (?:dear\ )?(?:ai|assistant|chat\ ?bot)\ ?[,:]
        | (?:هام\ ?: ?|مهم\ ?: ?)?(?:تعليمات|اوامر|ملاحظه)\ (?:لل|الي\ ال|ل)(?:مساعد|نموذج|ذكاء|روبوت|برنامج)
        | (?:ايها|الي|عزيزي)\ (?:ال)?(?:مساعد|نموذج|روبوت)\b
        | تجاهل(?:وا|ي)?\ (?:كل\ |جميع\ )?(?:ما\ سبق|(?:ال)?تعليمات|(?:ال)?اوامر)
        | (?:رساله\ )?(?:ال)?نظام\ ?:
    )""",
    re.VERBOSE,
)
"""How a folded line begins that tells a program what to answer: it is no part of a story."""
