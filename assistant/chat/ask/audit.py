"""The audit of an answer as HTML: for each sentence the verdict, why, and both verdicts on each of its citations.

Pure, but for `examine`, which reads the archive.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from assistant.chat.ask.turn import paragraphs_of
from assistant.chat.reader.article import Run, RunKind, article_label, chip_html
from assistant.types import Support
from assistant.verification.reasons import Reason
from index.errors import UnknownArticleError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.types import Answer, Citation, Sentence
    from assistant.verification.reasons import Subject
    from assistant.verification.verify import Verifier
    from index.types import Archive, Language

SUPPORTS: dict[Language, dict[Support, str]] = {
    "en": {
        Support.SUPPORTED: "supported",
        Support.PARTIAL: "partly supported",
        Support.UNSUPPORTED: "not supported",
        Support.CONTRADICTED: "contradicted",
    },
    "ar": {
        Support.SUPPORTED: "مدعومة",
        Support.PARTIAL: "مدعومة جزئيًا",
        Support.UNSUPPORTED: "غير مدعومة",
        Support.CONTRADICTED: "يناقضها المصدر",
    },
}
"""The verdict on a sentence by all its citations."""

ALONE: dict[Language, dict[Support, str]] = {
    "en": {
        Support.SUPPORTED: "supports it",
        Support.PARTIAL: "supports it in part",
        Support.UNSUPPORTED: "does not support it",
        Support.CONTRADICTED: "contradicts it",
    },
    "ar": {
        Support.SUPPORTED: "يدعمها",
        Support.PARTIAL: "يدعمها جزئيًا",
        Support.UNSUPPORTED: "لا يدعمها",
        Support.CONTRADICTED: "يناقضها",
    },
}
"""The verdict on a sentence by one citation alone."""

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "citation": "Citation",
        "exists": "The quotation exists",
        "supports": "It supports",
        "verbatim": "word for word at {place}",
        "differs": "not at {place} any more",
        "gone": "the article left the archive",
        "uncited": "no citation stands behind it",
    },
    "ar": {
        "citation": "الاستشهاد",
        "exists": "وجود النص",
        "supports": "دعمه للجملة",
        "verbatim": "موجود حرفيًا عند {place}",
        "differs": "لم يعد عند {place}",
        "gone": "لم يعد المقال في الأرشيف",
        "uncited": "لا تستند إلى أي استشهاد",
    },
}

AGREES: dict[Language, dict[Subject, str]] = {
    "en": {
        "quoted": "quotes word for word, adding only whose words they are or where they stand",
        "words": "{share} of what it says is said there",
        "numbers": "its numbers are there",
        "dates": "its dates are there",
        "names": "its names are there",
        "speaker": "the speaker is the same",
    },
    "ar": {
        "quoted": "تنقل النص حرفيًا ولا تزيد عليه إلا قائله أو موضعه",
        "words": "يرد في المصدر {share} مما تقوله",
        "numbers": "أرقامها واردة فيه",
        "dates": "تواريخها واردة فيه",
        "names": "أسماؤها واردة فيه",
        "speaker": "القائل هو نفسه",
    },
}

DIFFERS: dict[Language, dict[Subject, str]] = {
    "en": {
        "words": "{share} of what it says is said there",
        "numbers": "numbers not there: {count}",
        "number_elsewhere": "a number belongs to something else there",
        "dates": "dates not there: {count}",
        "date_differs": "dates that differ: {count}",
        "names": "names not there: {count}",
        "name_elsewhere": "a name stands for somebody else there",
        "speaker": "somebody else says it there",
        "speaker_unnamed": "the speaker is not named there",
        "denial": "one denies what the other affirms",
        "opposite": "an opposite stands there",
        "hedge": "it is less certain there",
    },
    "ar": {
        "words": "يرد في المصدر {share} مما تقوله",
        "numbers": "أرقام لم ترد فيه: {count}",
        "number_elsewhere": "رقم يعود فيه إلى شيء آخر",
        "dates": "تواريخ لم ترد فيه: {count}",
        "date_differs": "تواريخ مختلفة: {count}",
        "names": "أسماء لم ترد فيه: {count}",
        "name_elsewhere": "اسم يعود فيه إلى غير صاحبه",
        "speaker": "القائل فيه شخص آخر",
        "speaker_unnamed": "القائل غير مذكور فيه",
        "denial": "أحدهما ينفي ما يثبته الآخر",
        "opposite": "فيه ضد ما تقوله",
        "hedge": "يرد فيه على سبيل الاحتمال",
    },
}
"""What is said where a sentence and its evidence differ; they have no words for what can only agree."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A citation held against the archive as it stands: do its words stand there, and do they alone support?

    `exists` is None where the article has left the archive.
    """

    citation: Citation
    exists: bool | None
    support: Support


@dataclass(frozen=True, slots=True)
class Examination:
    """A sentence of an answer, why it has its verdict, and its citations."""

    sentence: Sentence
    reasons: tuple[Reason, ...]
    citations: tuple[Examined, ...]


def examine(answer: Answer, verifier: Verifier, archive: Archive) -> list[Examination]:
    """Examine the sentences of an answer, each citation looked up anew in the archive."""
    return [
        Examination(
            sentence,
            verifier.explain(sentence.text, sentence.citations) if sentence.citations else (),
            tuple(
                Examined(citation, _exists(citation, archive), verifier.judge(sentence.text, (citation,)))
                for citation in sentence.citations
            ),
        )
        for sentence in answer.sentences
    ]


def _exists(citation: Citation, archive: Archive) -> bool | None:
    try:
        return archive.article(citation.article.id).text[citation.start : citation.end] == citation.quote
    except UnknownArticleError:
        return None


def audit_html(answer: Answer, examinations: Sequence[Examination]) -> str:
    """Return an audit as a table: a group of rows a sentence, a row a citation, a column a verdict."""
    words = WORDS[answer.language]
    numbers = {citation: number for number, citation in enumerate(answer.citations, 1)}
    heads = "".join(f'<th scope="col">{escape(words[name])}</th>' for name in ("citation", "exists", "supports"))
    groups = "".join(_group(one, numbers, answer.language) for one in examinations)
    return f"<table><thead><tr>{heads}</tr></thead>{groups}</table>"


def _group(one: Examination, numbers: dict[Citation, int], language: Language) -> str:
    support = one.sentence.support
    reasons = "".join(
        f'<li class="{"agrees" if reason.agrees else "differs"}">{escape(_reason(reason, language))}</li>'
        for reason in one.reasons
    )
    uncited = f'<li class="differs">{escape(WORDS[language]["uncited"])}</li>'
    claim = "".join(
        f'<{tag} dir="auto">{escape(one.sentence.text[start:end])}</{tag}>'
        for tag, start, end in paragraphs_of(one.sentence)
    )
    rows = "".join(_row(examined, numbers[examined.citation], language) for examined in one.citations)
    return (
        f'<tbody><tr><th colspan="3" scope="rowgroup"><div class="claim">{claim}</div><ul class="reasons">'
        f'<li><span class="support {support}">{escape(SUPPORTS[language][support])}</span></li>'
        f"{reasons or uncited}</ul></th></tr>{rows}</tbody>"
    )


def _reason(reason: Reason, language: Language) -> str:
    words = (AGREES if reason.agrees else DIFFERS)[language][reason.subject]
    return words.format(share=f"{reason.amount:.0%}", count=round(reason.amount))


def _row(examined: Examined, number: int, language: Language) -> str:
    citation, words = examined.citation, WORDS[language]
    run = Run(number, citation.start, citation.end, citation.highlights)
    chip = chip_html(RunKind.CITATION, run, citation.article, language, citation.speaker)
    match examined.exists:
        case True:
            exists, verdict = words["verbatim"], "yes"
        case False:
            exists, verdict = words["differs"], "no"
        case None:
            exists, verdict = words["gone"], "no"
    place = f"<bdi>{citation.start:,}–{citation.end:,}</bdi>"
    stands = escape(exists).replace("{place}", place)
    return (
        f'<tr><td><div class="cited">{chip}<bdi class="name">{escape(article_label(citation.article))}</bdi></div></td>'
        f'<td class="{verdict}">{stands}</td>'
        f'<td class="{examined.support}">{escape(ALONE[language][examined.support])}</td></tr>'
    )
