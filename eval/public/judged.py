"""Documents, queries and relevance judgements: BEIR's folders, and TREC's topics and qrels.

Only retrieval is measured on them: their queries ask for documents, not for answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import AliasChoices, BaseModel, Field, ValidationError

from assistant.questions.languages import is_foreign, question_language
from eval.lines import read_lines, read_text
from eval.public.collection import Collection, to_article
from eval.questions import GoldSpan, Located, Question, first_problem
from index.errors import QuestionSetError
from index.types import Article

Qrels = dict[str, dict[str, float]]
"""How relevant documents were judged, above 0, by the id of the query and of the document."""

_TOPIC = re.compile(r"<top>(.*?)(?:</top>|\Z)", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"<num>\s*(?:Number:)?\s*(\S+?)\s*(?=<|\n)", re.IGNORECASE)
_TITLE = re.compile(r"<title>\s*(?:Topic:)?\s*(.*?)\s*(?:</title>|(?=<\w)|\Z)", re.DOTALL | re.IGNORECASE)


class _Document(BaseModel):
    id: str = Field(validation_alias=AliasChoices("_id", "id", "docno", "docid", "doc_id"))
    text: str = Field(validation_alias=AliasChoices("text", "contents", "body"))
    title: str | None = None


class _Query(BaseModel):
    id: str = Field(validation_alias=AliasChoices("_id", "id"))
    text: str


def is_beir(path: Path) -> bool:
    """Whether a path is a folder in the layout of BEIR."""
    return (path / "corpus.jsonl").is_file()


def read_beir(folder: Path) -> Collection:
    """Read a folder of BEIR (Thakur et al. 2021): ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/test.tsv``.

    Raises:
        QuestionSetError: A file cannot be read, or a line of one is not what it should be; the message names it.
    """
    queries = {}
    for place, line in read_lines(folder / "queries.jsonl"):
        try:
            query = _Query.model_validate_json(line)
        except ValidationError as error:
            raise QuestionSetError(f"{place} is not a query: {first_problem(error)}") from error
        queries[query.id] = query.text
    qrels = _read_qrels(folder / "qrels" / "test.tsv", cells=(0, 1, 2), header=True)
    return _to_collection(folder.name, queries, qrels, folder / "corpus.jsonl")


def read_trec(topics: Path, qrels: Path, corpus: Path) -> Collection:
    """Read TREC's topics, of which the title is asked, its qrels, and the documents as JSON lines.

    Topics are in TREC's markup, or one a line as "id<TAB>words". Raises QuestionSetError as `read_beir` does.
    """
    return _to_collection(topics.stem, _read_topics(topics), _read_qrels(qrels, cells=(0, 2, 3)), corpus)


def _read_topics(file: Path) -> dict[str, str]:
    found = {}
    if marked := _TOPIC.findall(read_text(file)):
        for number, topic in enumerate(marked, start=1):
            name, title = _NUMBER.search(topic), _TITLE.search(topic)
            if not name or not title:
                raise QuestionSetError(f"topic {number} of '{file}' lacks its <num> or its <title>")
            found[name.group(1)] = " ".join(title.group(1).split())
        return found
    for place, line in read_lines(file):
        query, tab, words = line.strip().partition("\t")
        if not tab:
            raise QuestionSetError(f"{place} is no topic; write <top> with <num> and <title>, or id, tab and words")
        found[query] = words.strip()
    return found


def _read_qrels(file: Path, cells: tuple[int, int, int], *, header: bool = False) -> Qrels:
    """Read judgements, those above 0; `cells` are the places of query, document and grade in a line."""
    qrels: Qrels = {}
    lines = read_lines(file)
    for place, line in lines[1:] if header else lines:
        row = line.split()
        try:
            query, document, grade = (row[cell] for cell in cells)
            if float(grade) > 0:
                qrels.setdefault(query, {})[document] = float(grade)
        except (IndexError, ValueError) as error:
            raise QuestionSetError(f"{place} is no judgement of {max(cells) + 1} cells, the last a number") from error
    return qrels


def _to_collection(name: str, queries: Mapping[str, str], qrels: Qrels, corpus: Path) -> Collection:
    """Ask the queries that have a relevant document, and are in one of the two languages."""
    documents: dict[str, Article] = {}
    for place, line in read_lines(corpus):
        try:
            document = _Document.model_validate_json(line)
        except ValidationError as error:
            raise QuestionSetError(f"{place} is not a document: {first_problem(error)}") from error
        text = "\n\n".join(filter(None, (document.title, document.text)))
        documents[document.id] = to_article(f"{corpus.name}#{document.id}", text, document.title)
    questions = []
    left_out = 0
    for query, grades in qrels.items():
        if query not in queries:
            raise QuestionSetError(f"the judgements of '{name}' name a query '{query}' that is not there")
        if unknown := grades.keys() - documents.keys():
            raise QuestionSetError(f"query '{query}' of '{name}' is judged on '{min(unknown)}', not in '{corpus}'")
        if is_foreign(queries[query]):
            left_out += 1
            continue
        questions.append(
            _located(name, query, queries[query], {documents[one]: grade for one, grade in grades.items()})
        )
    return Collection(tuple(documents.values()), tuple(questions), left_out)


def _located(name: str, query: str, text: str, graded: Mapping[Article, float]) -> Located:
    question = Question(name, query, text, question_language(text), None, (), f"query '{query}' of '{name}'")
    gold = tuple(GoldSpan(article, 0, len(article.text), grade) for article, grade in graded.items())
    return Located(question, gold, whole_articles=True, asked=False)
