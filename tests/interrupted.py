"""An ingest that something ended at some instant: what must hold then, and after it is taken up again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from assistant.holdings.following import catch_up
from index.archive.address import Address
from index.followers.index_folder import State
from tests.faults import End, Told, Warm, check, open_archive, states, story, take_in, texts, told, write_stories

EARLIER, ALL, CHANGED = range(20), range(60), range(10)


class Before(NamedTuple):
    """An archive that an earlier ingest reported, the file of the next one, and what that comes to undisturbed."""

    address: Address
    file: Path
    after: Told
    seconds: float


def before_an_ingest(here: Path, address: Address, copied: Callable[[], Address], warm: Warm) -> Before:
    """Make the archive at an address; `copied` gives a copy of it, in which the ingest is run once undisturbed."""
    file = write_stories(here / "news.jsonl", EARLIER)
    assert take_in(address, file).added == len(EARLIER)
    write_stories(file, ALL, editions=dict.fromkeys(CHANGED, 2))
    after = copied()
    whole = warm.ingest(after, file)
    assert (whole.killed, whole.reported, whole.error) == (False, True, "")
    return Before(address, file, told(after), whole.seconds)


def check_interrupted(before: Before, address: Address, end: End) -> int:
    """Check what an ingest left, and that it can be taken up again; returns how many articles had come."""
    # The truth is whole, and no index is worse than behind or missing.
    verdict = check(address)
    assert verdict.problems == ()
    assert State.DAMAGED not in verdict.states.values()

    # Every article is as before or as after; all that was reported is there.
    with open_archive(address) as archive:
        stand = texts(archive)
    old = {f"news.jsonl#{number}": story(number) for number in EARLIER}
    new = {f"news.jsonl#{number}": story(number, 2 if number in CHANGED else 1) for number in ALL}
    assert {path: text for path, text in stand.items() if text not in (old.get(path), new.get(path))} == {}
    assert old.keys() <= stand.keys()
    if end.reported:
        assert stand == new
    # They came in the order of the file: no gap.
    come = [path for path in new if stand.get(path) == new[path] != old.get(path)]
    assert come == [path for path in new if new[path] != old.get(path)][: len(come)]

    # It opens, and its indexes come to the same state.
    with open_archive(address) as archive:
        catch_up(archive)
    verdict = check(address)
    assert (verdict.problems, states(verdict)) == ((), {State.CURRENT})

    # Taken up again it ends as if it had never been disturbed.
    take_in(address, before.file)
    assert told(address) == before.after
    return len(come)
