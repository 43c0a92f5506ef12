"""What is said of an archive: of an ingest, and of what it holds."""

from datetime import date

from assistant.rendering.archive import ingest_json, ingest_text, statistics_json, statistics_text
from index.archive.reader import Statistics
from index.followers.dense import Quality
from index.ingest import IngestReport


def test_an_ingest_report_names_every_duplicate_and_rejection() -> None:
    report = IngestReport(2, 1, 0, (("copy.txt", "bridge.txt"),), (("bad.txt", "cannot read 'bad.txt': it is empty"),))
    assert ingest_json(report) == {
        "added": 2,
        "updated": 1,
        "unchanged": 0,
        "duplicates": [{"path": "copy.txt", "of": "bridge.txt"}],
        "rejected": [{"path": "bad.txt", "reason": "cannot read 'bad.txt': it is empty"}],
        "rejects": None,
        "encodings": [],
        "unmatched": [],
        "near_duplicates": [],
        "removed": [],
    }
    assert ingest_text(report).split("\n") == [
        "2 added, 1 updated, 0 unchanged, 1 duplicates, 1 rejected",
        "  duplicate: copy.txt has the text of bridge.txt",
        "  rejected: cannot read 'bad.txt': it is empty",
    ]


def test_an_ingest_report_names_what_was_removed_and_every_near_copy() -> None:
    report, near = IngestReport(2, 0, 0, (), (), removed=("gone.txt",)), [("near.txt", "first.txt")]
    assert ingest_json(report, near=near) == {
        "added": 2,
        "updated": 0,
        "unchanged": 0,
        "duplicates": [],
        "rejected": [],
        "rejects": None,
        "encodings": [],
        "unmatched": [],
        "near_duplicates": [{"path": "near.txt", "of": "first.txt"}],
        "removed": ["gone.txt"],
    }
    assert ingest_text(report, near=near).split("\n") == [
        "2 added, 0 updated, 0 unchanged, 0 duplicates, 0 rejected, 1 removed",
        "  removed: gone.txt",
        "1 of them print, nearly word for word, the story of an article that came before",
    ]


def test_an_ingest_report_for_a_terminal_names_ten_of_a_kind_and_counts_the_rest() -> None:
    copies = tuple((f"copy{number}.txt", "first.txt") for number in range(12))
    report = IngestReport(1, 0, 0, copies, (), removed=tuple(f"gone{number}.txt" for number in range(11)))
    assert ingest_text(report).split("\n") == [
        "1 added, 0 updated, 0 unchanged, 12 duplicates, 0 rejected, 11 removed",
        *(f"  duplicate: copy{number}.txt has the text of first.txt" for number in range(10)),
        "  … and 2 more",
        *(f"  removed: gone{number}.txt" for number in range(10)),
        "  … and 1 more",
    ]
    assert len(ingest_json(report)["duplicates"]) == 12


def test_statistics_of_a_full_and_of_an_empty_archive() -> None:
    full = Statistics(
        3, 9, {"ar": 2, "en": 1}, {"Daily": 2, None: 1}, date(2020, 1, 1), date(2020, 2, 2), "m", 4, 7, 2_500_000
    )
    stories = [["a", "b"], ["c", "d", "e"]]
    quality = Quality(lists=540, read=135, recall=0.906)
    assert statistics_json(full, stories, quality) == {
        "articles": 3,
        "passages": 9,
        "languages": {"ar": 2, "en": 1},
        "sources": [{"source": "Daily", "articles": 2}, {"source": None, "articles": 1}],
        "published_from": "2020-01-01",
        "published_to": "2020-02-02",
        "encoder": "m",
        "dimensions": 4,
        "generation": 7,
        "stories_in_copies": 2,
        "copies": 5,
        "vectors": {"lists": 540, "read": 135, "recall": 0.906},
        "bytes": 2_500_000,
    }
    assert statistics_text(full, stories, quality).split("\n") == [
        "articles   3 (2 ar, 1 en)",
        "passages   9",
        "encoder    m, 4 dimensions",
        "size       2.5 MB",
        "vectors    135 of 540 lists read in a search, recall 0.91 of the 100 nearest to a passage",
        "copies     5 articles print 2 stories",
        "published  2020-01-01 to 2020-02-02",
        "  Daily: 2",
        "  (no outlet stated): 1",
    ]
    empty = Statistics(0, 0, {}, {}, None, None, "m", 4, 0, 4096)
    assert (statistics_json(empty)["published_from"], statistics_json(empty)["vectors"]) == (None, None)
    assert statistics_text(empty).split("\n")[0] == "articles   0"
