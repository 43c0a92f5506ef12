"""One archive and several processes: writers take turns, readers never fail, and what is gone is said to be gone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from assistant.ask import open_assistant
from assistant.holdings.following import catch_up, followers
from index.archive.address import Address, Server
from index.errors import NotAnArchiveError
from index.followers.index_folder import State
from tests.archives import fill, write
from tests.faults import ROOT, check, open_archive, run_together, start, states, story, take_in, texts, write_stories

INGEST = """
import json, sys
from pathlib import Path
from tests.faults import address_of, take_in
address, file = address_of(json.loads(sys.argv[1])), Path(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
print(take_in(address, file).added, flush=True)
"""

READ = """
import json, sys
from pathlib import Path
from index.followers.dense import FaissIndex
from index.encoders.static import StaticEncoder
from index.followers.lexical import TantivyIndex
from index.retrieve import Retriever
from index.followers.word_index import WordIndex
from tests.faults import ENCODER, address_of, open_archive, story
archive = open_archive(address_of(json.loads(sys.argv[1])))
model = StaticEncoder()
indexes = FaissIndex(archive.folder), TantivyIndex(archive.folder), WordIndex(archive.folder, model)
retriever = Retriever(archive, *indexes, ENCODER, model)
for index in indexes:
    index.catch_up(archive)
retriever.search("hall")  # what is loaded once is loaded
print("ready", flush=True)
sys.stdin.readline()
seen = []
while True:
    for index in indexes:
        index.catch_up(archive)
    count = archive.count_articles()
    hits = retriever.search("Which hall did the delegations meet in? القاعة", top_k=20)
    for hit in hits:
        article = hit.passage.article
        assert article.text == story(int(article.path.partition("#")[2])), article.path
        assert hit.passage.text == article.text[hit.passage.start : hit.passage.end] != ""
    assert hits
    seen.append(count)
    if count == int(sys.argv[2]):
        break
assert seen == sorted(seen)
print(json.dumps(sorted(set(seen))), flush=True)
"""


@pytest.fixture(params=["in a folder", "in PostgreSQL"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Where an archive can be made, of either kind."""
    if request.param == "in a folder":
        return tmp_path / "archive"
    server: Server = request.getfixturevalue("postgres").place(tmp_path / "beside")
    return server


def _elsewhere(address: Address, folder: Path) -> Address:
    """The same archive as another machine has it, with indexes of its own; a folder's is on one machine."""
    return address.below(folder) if isinstance(address, Server) else address


def test_two_ingests_at_once_of_files_that_overlap_come_to_the_union(address: Address, tmp_path: Path) -> None:
    one, other = (tmp_path / name for name in ("one", "other"))
    for part, numbers in ((one, range(30)), (other, range(20, 50))):
        part.mkdir()
        write_stories(part / "news.jsonl", numbers)
    places = address, _elsewhere(address, tmp_path / "elsewhere")
    files = one / "news.jsonl", other / "news.jsonl"
    said = run_together([start(INGEST, place, file) for place, file in zip(places, files, strict=True)])
    for place in places:
        with open_archive(place) as archive:
            assert texts(archive) == {f"news.jsonl#{number}": story(number) for number in range(50)}
            catch_up(archive)
        verdict = check(place)
        assert (verdict.articles, verdict.problems, states(verdict)) == (50, (), {State.CURRENT})
    assert 50 <= sum(map(int, said)) <= 60  # both may find one of the ten new, and the second to add it moves it


def test_four_readers_search_while_an_ingest_adds_and_none_fails(address: Address, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    take_in(address, write_stories(file, range(10)))
    write_stories(file, range(400))
    readers = [start(READ, address, 400) for _ in range(4)]
    *seen, added = run_together([*readers, start(INGEST, address, file)])
    assert added == "390"
    counts = [json.loads(counted) for counted in seen]
    assert [counted[-1] for counted in counts] == [400] * 4
    assert len(set().union(*counts)) > 2  # they did look on while it was under way
    verdict = check(address)
    assert (verdict.problems, states(verdict)) == ((), {State.CURRENT})


def test_a_running_server_answers_from_what_another_process_added_within_a_second(tmp_path: Path) -> None:
    folder, question = tmp_path / "archive", "When will the ferry stop?"
    texts = {"bridge": "The bridge\n\nThe minister said that the new bridge will open in May 2024.\n"}
    fill(folder, *write(tmp_path, **texts))
    assistant = open_assistant(folder)
    (ferry,) = write(tmp_path, ferry="The ferry\n\nThe ferry will stop in June 2025, the port said.\n")
    code = "import sys, pathlib; from tests.archives import fill; fill(*map(pathlib.Path, sys.argv[1:]))"
    with closing(assistant.archive):
        assert assistant.ask(question).declined
        subprocess.run(
            [sys.executable, "-c", code, folder, ferry], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
        )
        began = time.monotonic()
        answer = assistant.ask(question)
        seconds = time.monotonic() - began
        assert [cited.quote for sentence in answer.sentences for cited in sentence.citations] == [
            "The ferry will stop in June 2025, the port said."
        ]
    assert seconds < 1


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_an_archive_that_goes_under_an_open_one_is_one_clear_error_for_readers_and_writers(
    tmp_path: Path, how: str
) -> None:
    folder, file = tmp_path / "archive", write_stories(tmp_path / "news.jsonl", range(3))
    take_in(folder, file)
    shutil.copytree(folder, tmp_path / "copy")
    with open_archive(folder) as archive:
        indexes = followers(archive)
        for index in indexes.values():
            index.catch_up(archive)
        shutil.rmtree(folder)
        if how == "replaced":
            (tmp_path / "copy").rename(folder)
        acts: list[Callable[[], object]] = [archive.count_articles, lambda: archive.remove("x")]
        acts += [partial(index.catch_up, archive) for index in indexes.values()]
        for act in acts:
            with pytest.raises(NotAnArchiveError) as caught:
                act()
            assert str(caught.value) == (
                f"the archive '{folder}' was removed or replaced since it was opened; start again"
            )
    assert folder.exists() == (how == "replaced")
