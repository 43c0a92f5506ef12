"""`isnad statements`: who said what in the seed articles, as JSON and as a timeline, and what bad input gets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.cli import cli
from tests.parts.archives import fill, write
from tests.parts.console import isnad, make_seed_archive
from tests.parts.places import ROOT

KEYS = [
    *("article", "path", "speaker", "role", "verb", "stance", "direct"),
    *("start", "end", "text", "published", "said_on"),
]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive of the seed articles."""
    return make_seed_archive(tmp_path_factory.mktemp("seeds"))


@pytest.fixture(scope="module")
def wires(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two dated articles of one outlet and an undated one of another."""
    folder = tmp_path_factory.mktemp("wires")
    dated = write(
        folder,
        first="12 May 2020\n\nLavrov said talks went on. He said on 3 May 2020 that Turkey was late.",
        second="14 May 2020\n\nPeskov denied that talks had failed.",
    )
    fill(folder / ".isnad", *dated, source="wire")
    fill(folder / ".isnad", *write(folder, third="Lavrov warned of war."), source="paper")
    return folder


def _run(*arguments: str, folder: Path) -> Result:
    return CliRunner().invoke(cli, ["statements", *arguments, "--archive", str(folder / ".isnad")])


def _told(*arguments: str, folder: Path) -> list[dict[str, Any]]:
    done = _run("--json", *arguments, folder=folder)
    assert (done.exit_code, done.stderr, done.exception) == (0, "", None)
    printed = json.loads(done.stdout)
    assert list(printed) == ["statements"]
    told: list[dict[str, Any]] = printed["statements"]
    return told


def _texts(*arguments: str, folder: Path) -> list[str]:
    return [one["text"] for one in _told(*arguments, folder=folder)]


@pytest.mark.parametrize("name", ["Lavrov", "لافروف", "the Russian foreign minister"])
def test_a_speakers_statements_come_from_every_article_exact_to_the_character(seeds: Path, name: str) -> None:
    told = _told("--speaker", name, folder=seeds)
    assert all(list(one) == KEYS for one in told)
    assert {"لافروف", "وزير الخارجية الروسي سيرغي لافروف", "وزير الخارجية الروسي، سيرغي لافروف"} == {
        one["speaker"] for one in told
    }
    for one in told:
        text = (ROOT / one["path"]).read_text(encoding="utf-8")
        assert text[one["start"] : one["end"]] == one["text"]


@pytest.mark.parametrize("topic", ["Turkey", "تركيا"])
def test_a_topic_is_found_in_both_languages(seeds: Path, topic: str) -> None:
    told = _told("--speaker", "Lavrov", "--about", topic, folder=seeds)
    texts = [" ".join(one["text"].split()) for one in told]
    assert any("تركيا لم تنفذ عددا من التزاماتها" in text for text in texts)
    assert not any("الأمريكيين" in text for text in texts)


def test_a_statement_tells_its_verb_its_stance_and_its_day(wires: Path) -> None:
    first, second, third, last = _told(folder=wires)
    assert (first["text"], first["said_on"], first["published"]) == ("Turkey was late", "2020-05-03", "2020-05-12")
    assert (second["text"], second["said_on"], second["published"]) == ("talks went on", None, "2020-05-12")
    assert (third["speaker"], third["verb"], third["stance"]) == ("Peskov", "denied", "denied")
    assert (last["text"], last["said_on"], last["published"]) == ("war", None, None)


def test_days_are_those_of_the_saying_and_both_ends_count(wires: Path) -> None:
    assert _texts("--from", "2020-05-03", "--to", "2020-05-12", folder=wires) == ["Turkey was late", "talks went on"]
    assert _texts("--from", "2020-05-04", folder=wires) == ["talks went on", "talks had failed"]
    assert _texts("--source", "paper", folder=wires) == ["war"]
    assert _texts("--about", "talks", "--to", "2020-05-12", folder=wires) == ["talks went on"]


def test_the_timeline_has_a_heading_for_each_day(wires: Path) -> None:
    lines = _run(folder=wires).stdout.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")] == [
        *("2020-05-03", "2020-05-12", "2020-05-14", "no date"),
    ]
    assert "  \u2068Peskov\u2069 · denied: \u2068talks had failed\u2069" in lines


def test_nobody_said_anything_of_the_sort(wires: Path) -> None:
    assert _told("--speaker", "Angela Davis", folder=wires) == []
    assert _run("--speaker", "Angela Davis", folder=wires).stdout == "no statement\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--about", ""], "isnad: the question is empty; write one in Arabic or English"),
        (
            ["--from", "2020-05-04", "--to", "2020-05-03"],
            "isnad: --from 2020-05-04 is after --to 2020-05-03; exchange them",
        ),
        (["--from", "yesterday"], "isnad: "),
    ],
)
def test_bad_input_is_one_line(wires: Path, arguments: list[str], message: str) -> None:
    done = isnad("statements", *arguments, folder=wires)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)
    assert done.stderr.count("\n") == 1


def test_an_answer_of_an_interview_is_found_by_any_of_its_sentences(tmp_path: Path) -> None:
    answer = "لا يوجد خطر على الناس. المستشفيات تعمل كلها. والمدارس تفتح أبوابها غدا"
    text = (
        "أكد العميد سالم الحموي في هذا الحوار أن المدينة آمنة.\n"
        f"هل من خطر؟\n- {answer}.\nمن يسيطر؟\n- أهلها.\nكلمة؟\n- شكرا.\n"
    )
    fill(tmp_path / ".isnad", *write(tmp_path, talk=text))
    assert _texts("--about", "المدارس", folder=tmp_path) == [answer]
