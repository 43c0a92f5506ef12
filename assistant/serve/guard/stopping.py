"""Whether a server is coming to its end, known to those who take requests and to the one who ends it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Stopping:
    """`has_begun` says that nothing new is taken, `cuts` that what is still under way is cut off."""

    has_begun: bool = False
    cuts: bool = False
