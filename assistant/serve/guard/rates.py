"""How often somebody may ask: a bucket of tokens each, which fills again with time. Pure but for the clock."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_KNOWN = 10_000
"""Senders whose buckets are kept; the one that has been silent for longest is forgotten first."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a sender's bucket. `wait` is in seconds, 0 where the request may go on."""

    limit: int
    remaining: int
    reset: int  # seconds until the bucket is full
    wait: int

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The header fields that tell a program, as drafts 3 to 7 of "RateLimit header fields for HTTP" name them."""
        told = (
            ("ratelimit-limit", str(self.limit)),
            ("ratelimit-remaining", str(self.remaining)),
            ("ratelimit-reset", str(self.reset)),
        )
        return (*told, ("retry-after", str(self.wait))) if self.wait else told


class Rates:
    """Gives each sender `per_minute` requests a minute, and up to `burst` of them at once."""

    def __init__(self, per_minute: int, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_minute / 60
        self._burst = burst
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, and when there were as many

    def take(self, sender: str) -> Allowance:
        """Take a token from a sender's bucket, where there is one."""
        now = self._clock()
        tokens, since = self._buckets.pop(sender, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - since) * self._per_second)
        wait = 0 if tokens >= 1 else math.ceil((1 - tokens) / self._per_second)
        if not wait:
            tokens -= 1
        self._buckets[sender] = tokens, now
        if len(self._buckets) > MOST_KNOWN:
            self._buckets.popitem(last=False)
        return Allowance(self._burst, int(tokens), math.ceil((self._burst - tokens) / self._per_second), wait)


def sender_at(address: str) -> str:
    """Name whoever sends from an address; an IPv6 network of 64 bits is one sender, who may take any address in it."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return f"at:{address}"
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return f"at:{IPv6Address(int(found) >> 64 << 64)}/64"
    return f"at:{found}"
