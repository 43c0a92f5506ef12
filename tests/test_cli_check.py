"""`isnad check`: quotations, prose, answers of other assistants, and our own JSON, against the seed articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.cli import cli
from tests.console import isnad, make_seed_archive
from tests.librarian import seed

TRUE_AR = "قال بيسكوف إن روسيا لا ترى بديلا عن التعاون مع تركيا."
QUOTED = "لا ترى بديلا عن التعاون مع تركيا"
FALSE = "The parliament of Iceland raised the price of fish."


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive of the seed articles."""
    return make_seed_archive(tmp_path_factory.mktemp("seeds"))


def _check(*arguments: str, folder: Path, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["check", *arguments, "--archive", str(folder / ".isnad")], input=given)


def _audit(text: str, folder: Path) -> tuple[int, dict[str, Any]]:
    done = _check("-", "--json", folder=folder, given=text)
    return done.exit_code, json.loads(done.stdout)


def test_a_quotation_is_verbatim_folded_or_absent_and_the_last_exits_with_1(seeds: Path) -> None:
    verdicts = {}
    for quotation in ("أسوأ السيناريوهات", "اسوا السيناريوهات", "أفضل السيناريوهات"):
        done = _check("--quote", quotation, "--json", folder=seeds)
        found = json.loads(done.stdout)
        verdicts[quotation] = (done.exit_code, done.stderr, found["exists"], [p["quote"] for p in found["places"]])
    assert verdicts == {
        "أسوأ السيناريوهات": (0, "", "verbatim", ["أسوأ السيناريوهات"]),
        "اسوا السيناريوهات": (0, "", "folded", ["أسوأ السيناريوهات"]),
        "أفضل السيناريوهات": (1, "", "absent", []),
    }


def test_every_sentence_of_a_text_gets_a_verdict_and_its_evidence_is_exact(seeds: Path) -> None:
    code, found = _audit(f"# Answer\n\n{TRUE_AR} [1]\n\n{FALSE}\n", seeds)
    assert code == 1
    assert list(found) == ["passes", "supported", "total", "sentences"]
    assert (found["passes"], found["supported"], found["total"]) == (False, 1, 2)
    assert [(s["text"], s["line"], s["support"], s["passes"]) for s in found["sentences"]] == [
        (TRUE_AR, 3, "supported", True),
        (FALSE, 5, "unsupported", False),
    ]
    texts = {Path(article.path).name: article.text for article in map(seed, range(5))}
    (evidence,) = found["sentences"][0]["evidence"]
    assert texts[Path(evidence["path"]).name][evidence["start"] : evidence["end"]] == evidence["quote"]
    assert QUOTED in evidence["quote"]


def test_a_text_that_is_supported_as_a_whole_exits_with_0(seeds: Path, tmp_path: Path) -> None:
    text = tmp_path / "draft.md"
    text.write_text(f"قال بيسكوف إن روسيا «{QUOTED}».", encoding="utf-8")
    done = _check(str(text), folder=seeds)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == f"✓ supported: قال بيسكوف إن روسيا «{QUOTED}»."
    assert lines[1] == f"    verbatim: \u2068“{QUOTED}”\u2069"
    assert lines[-1] == "1 of 1 sentence supported, 1 of 1 quotation found"


def test_a_quotation_that_no_article_holds_fails_a_sentence_that_is_true_otherwise(seeds: Path) -> None:
    code, found = _audit("قال بيسكوف إن روسيا لا ترى «بديلا أفضل من التعاون» مع تركيا.", seeds)
    assert code == 1
    assert found["sentences"][0]["quotations"] == [{"quote": "بديلا أفضل من التعاون", "exists": "absent"}]


def test_our_own_json_is_checked_by_its_citations(seeds: Path) -> None:
    asked = ["ask", "what did Lavrov say about Turkey", "--json", "--archive", str(seeds / ".isnad")]
    answer = json.loads(CliRunner().invoke(cli, asked).stdout)
    code, found = _audit(json.dumps(answer), seeds)
    assert (code, found["passes"], found["total"]) == (0, True, len(answer["sentences"]))
    assert [s["evidence"][0]["start"] for s in found["sentences"]] == [c["start"] for c in answer["citations"]]
    answer["citations"][0]["quote"] = "words that nobody said"
    code, found = _audit(json.dumps(answer), seeds)
    assert (code, found["sentences"][0]["support"]) == (1, "unsupported")
    assert found["sentences"][0]["quotations"] == [{"quote": "words that nobody said", "exists": "absent"}]


@pytest.mark.parametrize(
    "question", ["what did Peskov say about Idlib", "ماذا قال بيسكوف عن إدلب", "When did Tillerson arrive in Moscow?"]
)
def test_every_answer_of_ours_passes_its_own_check(question: str, seeds: Path) -> None:
    done = CliRunner().invoke(cli, ["ask", question, "--json", "--archive", str(seeds / ".isnad")])
    code, found = _audit(done.stdout, seeds)
    assert (code, found["supported"]) == (0, len(json.loads(done.stdout)["sentences"]))


def test_a_citation_whose_place_has_moved_is_found_where_its_words_stand(seeds: Path) -> None:
    asked = ["ask", "ماذا قال لافروف عن تركيا", "--json", "--archive", str(seeds / ".isnad")]
    answer = json.loads(CliRunner().invoke(cli, asked).stdout)
    true_start = answer["citations"][0]["start"]
    answer["citations"][0]["start"] += 7
    assert _audit(json.dumps(answer), seeds)[1]["sentences"][0]["quotations"][0]["start"] == true_start
    answer["citations"][0]["article"] = "another-archive"
    assert _audit(json.dumps(answer), seeds)[1]["sentences"][0]["quotations"][0]["start"] == true_start


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (b"", "'draft.md' is empty; give prose in Arabic or English"),
        (b"# Heading\n\n---\n", "the text holds no sentence to check; give prose in Arabic or English"),
        (b"Who came?", "the text holds no sentence to check; give prose in Arabic or English"),
        (b"caf\xe9", "cannot read 'draft.md': not UTF-8 at byte 3; convert it"),
        (
            "Le ministre a dit que la Turquie et la Russie ne sont pas dans la même situation.".encode(),
            "the text is in neither Arabic nor English; check one in these languages",
        ),
        (
            b'{"sentences": [{"text": "a"}], "citations": []}',
            "the JSON is no answer of `isnad ask --json` (sentences.0.citations: field required); give one, or prose",
        ),
        (b"a b. " * 200_001, "the text has 1,000,005 characters; the most is 1,000,000"),
    ],
    ids=["empty", "headings", "question", "latin-1", "french", "json", "long"],
)
def test_a_text_that_cannot_be_checked_gets_one_line(text: bytes, complaint: str, seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_bytes(text)
    done = isnad("check", "draft.md", "--archive", seeds / ".isnad", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"isnad: {complaint}\n")


def test_a_file_that_is_not_there_gets_one_line(seeds: Path) -> None:
    done = isnad("check", "missing.md", folder=seeds)
    assert (done.returncode, done.stderr) == (
        2,
        "isnad: cannot read 'missing.md': No such file or directory; name a readable file\n",
    )


def test_a_quotation_within_a_text_may_be_longer_than_any_article(seeds: Path) -> None:
    code, found = _audit(f"He said “{'very long words ' * 3_000}”.", seeds)
    assert (code, found["sentences"][0]["quotations"][0]["exists"]) == (1, "absent")


def test_an_answer_can_be_audited_as_it_is_given(seeds: Path) -> None:
    asked = ["ask", "ماذا قال لافروف عن تركيا", "--audit", "--archive", str(seeds / ".isnad")]
    lines = CliRunner().invoke(cli, asked).stdout.splitlines()
    answer = json.loads(CliRunner().invoke(cli, [*asked, "--json"]).stdout)
    count = len(answer["sentences"])
    assert lines[-1] == f"{count} of {count} sentences supported, {count} of {count} quotations found"
    assert [s["evidence"][0]["quote"] for s in answer["audit"]["sentences"]] == [
        c["quote"] for c in answer["citations"]
    ]
