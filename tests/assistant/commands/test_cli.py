from __future__ import annotations

import io
import json
import resource
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from assistant.cli import cli
from assistant.commands.options import progress_bar
from tests.parts.console import ISNAD, isnad, make_seed_archive, printed_here
from tests.parts.librarian import seed

LAVROV = {"en": "what did Lavrov say about Turkey", "ar": "ماذا قال لافروف عن تركيا؟"}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive of the seed articles."""
    return make_seed_archive(tmp_path_factory.mktemp("seeds"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_ask_answers_the_lavrov_question_from_three_articles_and_quotes_exactly(seeds: Path, language: str) -> None:
    answer = json.loads(printed_here("ask", LAVROV[language], "--json", folder=seeds))
    assert list(answer) == [
        "question",
        "understood",
        "language",
        "declined",
        "reason",
        "notes",
        "filters",
        "sentences",
        "citations",
        "passages",
        "seconds",
    ]
    assert (answer["question"], answer["language"]) == (LAVROV[language], language)
    assert (answer["declined"], answer["reason"]) == (False, None)
    texts = {Path(article.path).name: article.text for article in map(seed, range(5))}
    assert {Path(citation["path"]).name[:3] for citation in answer["citations"]} == {"000", "001", "002"}
    for number, citation in enumerate(answer["citations"], 1):
        assert citation["n"] == number
        assert texts[Path(citation["path"]).name][citation["start"] : citation["end"]] == citation["quote"]
        assert "لافروف" in citation["speaker"]
    for sentence in answer["sentences"]:
        assert sentence["support"] == "supported"
        assert all(answer["citations"][number - 1]["quote"] in sentence["text"] for number in sentence["citations"])


def test_the_language_of_the_wording_changes_the_wording_only(seeds: Path) -> None:
    own, other = (
        json.loads(printed_here("ask", LAVROV["ar"], "--json", *option, folder=seeds))
        for option in ([], ["--lang", "en"])
    )
    assert (own["language"], other["language"]) == ("ar", "en")
    for key in ("question", "declined", "citations", "passages"):
        assert own[key] == other[key]
    assert [sentence["text"].translate({ord("«"): "“", ord("»"): "”"}) for sentence in own["sentences"]] == [
        sentence["text"] for sentence in other["sentences"]
    ]


def test_ask_for_reading_numbers_every_citation(seeds: Path) -> None:
    answer = json.loads(printed_here("ask", LAVROV["en"], "--json", folder=seeds))
    lines = printed_here("ask", LAVROV["en"], folder=seeds).splitlines()
    for citation in answer["citations"]:
        assert sum(f"\u2068[{citation['n']}]\u2069" in line for line in lines) == 1
        (source,) = (line for line in lines if line.startswith(f"[{citation['n']}] "))
        assert source.endswith(f"{citation['path']} · {citation['start']}–{citation['end']}")


def test_a_follow_up_question_is_asked_after_earlier_ones(seeds: Path) -> None:
    after = ["--after", LAVROV["en"], "--after", "And about Syria?"]
    answer = json.loads(printed_here("ask", "وماذا عن أردوغان؟", *after, "--json", folder=seeds))
    assert (answer["question"], answer["understood"]) == ("وماذا عن أردوغان؟", "ماذا قال أردوغان عن سوريا؟")
    alone = json.loads(printed_here("ask", "ماذا قال أردوغان عن سوريا؟", "--json", folder=seeds))
    assert (alone["understood"], answer["citations"]) == (None, alone["citations"])
    assert answer["citations"]
    read = printed_here("ask", "And Peskov?", "--after", LAVROV["en"], folder=seeds)
    assert read.startswith("Understood as: \u2068What did Peskov say about Turkey?\u2069\n\nPeskov (")


def test_a_question_that_the_archive_cannot_answer_is_declined_with_success(seeds: Path) -> None:
    answer = json.loads(printed_here("ask", "What did Lavrov say about Japan?", "--json", folder=seeds))
    assert (answer["declined"], answer["sentences"], answer["citations"]) == (True, [], [])
    assert answer["reason"]
    assert answer["passages"]


def test_search_prints_as_many_passages_as_asked_for_and_they_are_exact(seeds: Path) -> None:
    found = json.loads(printed_here("search", "Turkey Idlib", "-k", "2", "--json", folder=seeds))
    assert list(found) == ["query", "hits"]
    assert found["query"] == "Turkey Idlib"
    assert [list(hit) for hit in found["hits"]] == [["article", "path", "title", "start", "end", "text", "score"]] * 2
    texts = {Path(article.path).name: article.text for article in map(seed, range(5))}
    for hit in found["hits"]:
        assert texts[Path(hit["path"]).name][hit["start"] : hit["end"]] == hit["text"]
    assert found["hits"][0]["score"] >= found["hits"][1]["score"]
    assert printed_here("search", "Turkey Idlib", "-k", "2", folder=seeds).count("\n") == 4


def test_ingest_says_what_became_of_every_file(tmp_path: Path) -> None:
    for name, text in {"a.txt": "One story.", "b.txt": "One story.", "c.txt": "Another story.", "d.txt": ""}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    rejected = [{"path": "d.txt", "reason": "cannot read 'd.txt': it is empty"}]
    first = {"added": 2, "updated": 0, "unchanged": 0, "duplicates": [{"path": "b.txt", "of": "a.txt"}]}
    rejects = {"rejected": rejected, "rejects": str(Path(".isnad") / "rejects.jsonl")}
    assert json.loads(printed_here("ingest", ".", "--json", folder=tmp_path)) == first | rejects | {
        "encodings": [],
        "unmatched": [],
        "near_duplicates": [],
        "removed": [],
    }
    (tmp_path / "c.txt").write_text("Another story, longer.", encoding="utf-8")
    assert printed_here("ingest", ".", folder=tmp_path).splitlines() == [
        "0 added, 1 updated, 1 unchanged, 1 duplicates, 1 rejected",
        "  duplicate: b.txt has the text of a.txt",
        "  rejected: cannot read 'd.txt': it is empty",
        f"  what was rejected is in {Path('.isnad') / 'rejects.jsonl'}",
    ]


def test_the_source_that_ingest_is_told_is_the_articles_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One story.", encoding="utf-8")
    printed_here("ingest", str(tmp_path / "a.txt"), "--source", " Daily ", folder=tmp_path)
    (article,) = json.loads(printed_here("archive", "list", "--json", folder=tmp_path))["articles"]
    assert article["source"] == "Daily"


def test_the_archives_folder_is_the_options_or_the_variables(seeds: Path, tmp_path: Path) -> None:
    archive = seeds / ".isnad"
    by_option = isnad("archive", "list", "--archive", archive, folder=tmp_path)
    by_variable = isnad("archive", "list", folder=tmp_path, environment={"ISNAD_ARCHIVE": str(archive)})
    assert (by_option.returncode, by_option.stdout.count("\n"), by_option.stderr) == (0, 5, "")
    assert by_variable.stdout == by_option.stdout
    assert list(tmp_path.iterdir()) == []


def test_asking_imports_neither_torch_nor_gradio_nor_what_stands_above(seeds: Path) -> None:
    program = (
        "import sys; from assistant.cli import main; sys.argv[0] = 'isnad'\n"
        "try: main()\n"
        "finally: print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "ask", LAVROV["en"], "--json"],
        cwd=seeds,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert not json.loads(done.stdout)["declined"]
    heavy = {"torch", "gradio", "llama_index", "sentence_transformers", "transformers", "huggingface_hub", "eval"}
    loaded = set(done.stderr.split())
    assert "assistant" in loaded
    assert loaded & heavy == set()


def _cpu_seconds(folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert isnad("ask", LAVROV["en"], folder=folder).returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_asking_takes_under_two_seconds_from_start_to_end(seeds: Path) -> None:
    """In seconds of the processor, since the wall clock also shows what else the machine does; idle, it shows less."""
    assert statistics.median(_cpu_seconds(seeds) for _ in range(3)) < 2


def test_a_reader_that_goes_away_gets_no_traceback(seeds: Path) -> None:
    with subprocess.Popen(
        [ISNAD, "archive", "list"], cwd=seeds, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "seconds", "drawn"), [(io.StringIO, 1.1, False), (_Terminal, 0, False), (_Terminal, 1.1, True)]
)
def test_progress_is_drawn_on_a_terminal_only_and_after_a_second(
    stream: type[io.StringIO], seconds: float, drawn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", written := stream())
    with progress_bar("reading", 2) as advance:
        advance(1)
        time.sleep(seconds)
        advance(1)
    assert ("reading: 100%" in written.getvalue()) is drawn


def test_a_terminal_of_another_encoding_still_gets_utf_8(seeds: Path) -> None:
    listed = isnad("archive", "list", folder=seeds, environment={"PYTHONIOENCODING": "ascii"})
    assert (listed.stdout, listed.stderr) == (isnad("archive", "list", folder=seeds).stdout, "")


def test_control_characters_of_an_article_do_not_reach_the_terminal_but_stay_in_its_text(tmp_path: Path) -> None:
    text = "Title\r\n\r\nThe bridge \x1b[31mopens\x07 in May.\x9b\n"
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8"))
    printed_here("ingest", str(tmp_path / "a.txt"), folder=tmp_path)
    (article,) = json.loads(printed_here("archive", "list", "--json", folder=tmp_path))["articles"]
    assert json.loads(printed_here("archive", "show", article["article"], "--json", folder=tmp_path))["text"] == text
    shown = printed_here("archive", "show", article["article"], folder=tmp_path)
    assert shown.endswith("Title\n\nThe bridge ␛[31mopens␇ in May.\ufffd\n\n")
    assert "opens␇ in May" in printed_here("search", "bridge", folder=tmp_path)


@pytest.mark.parametrize("arguments", [[], ["archive"]])
def test_a_group_without_a_command_explains_itself(arguments: list[str], tmp_path: Path) -> None:
    done = isnad(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == isnad(*arguments, "--help", folder=tmp_path).stdout


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found[" ".join((*path, name))] = command
        if isinstance(command, click.Group):
            found |= _commands(command, (*path, name))
    return found


def test_the_commands_are_the_designed_ones() -> None:
    looking_after = ["list", "move", "rebuild", "remove", "salvage", "show", "stats", "verify"]
    groups = ["archive", *(f"archive {name}" for name in looking_after), "bench", "bench model"]
    groups += [
        "bench answers",
        "bench archive",
        "bench chat",
        "bench followups",
        "bench index",
        "bench serve",
        "bench statements",
        "bench support",
    ]
    groups += ["keys", "keys create", "keys list", "keys revoke"]
    others = ["ask", "chat", "check", "eval", "ingest", "mcp", "password", "search", "serve", "statements"]
    assert sorted(_commands(cli)) == sorted([*groups, *others])


def test_every_command_and_option_is_explained_in_sentences() -> None:
    unexplained = [name for name, command in _commands(cli).items() if not (command.help or "").strip().endswith(".")]
    unexplained += [
        f"{name} {option.name}"
        for name, command in _commands(cli).items()
        for option in command.params
        if isinstance(option, click.Option) and not (option.help or "").endswith(".")
    ]
    assert unexplained == []


def test_the_version_is_the_distributions() -> None:
    assert CliRunner().invoke(cli, ["--version"], prog_name="isnad").stdout == f"isnad, version {version('isnad')}\n"
