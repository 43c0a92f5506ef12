"""Numbers by keys of 64 bits, many at once: a hash table in arrays, searched from a key's place on to an empty one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MIXER = np.uint64(0x9E3779B97F4A7C15)
"""What spreads keys: 2**64 over the golden ratio, odd (Knuth, The Art of Computer Programming, volume 3, 6.4)."""

NONE = -1
"""The number of a key that is not held."""

_ROOM = 3  # times as many places as keys, at least

Keys = NDArray[np.uint64]


class KeyTable:
    """Keys numbered from 0 on, in the order in which they came. 0 is no key: it is never found."""

    def __init__(self) -> None:
        self._held = np.zeros(0, np.uint64)
        self._build(16)

    def __len__(self) -> int:
        return len(self._held)

    def find(self, keys: Keys) -> NDArray[np.int32]:
        """Return the number of each key, NONE of one that is not held."""
        places = self._places(keys)
        met = self._slots[places]
        found = np.where(met == keys, self._numbers[places], np.int32(NONE))
        on = np.flatnonzero((met != keys) & (met != 0))
        while len(on):
            places[on] = (places[on] + 1) % len(self._slots)
            met = self._slots[places[on]]
            found[on] = np.where(met == keys[on], self._numbers[places[on]], NONE)
            on = on[(met != keys[on]) & (met != 0)]
        return found

    def add(self, keys: Keys) -> None:
        """Number keys on, each once, of which none is held."""
        first = len(self._held)
        self._held = np.concatenate([self._held, keys])
        if _ROOM * len(self._held) > len(self._slots):
            self._build(_ROOM * len(self._held))
        else:
            self._put(first)

    def _build(self, room: int) -> None:
        bits = (room - 1).bit_length()
        self._shift = np.uint64(64 - bits)
        self._slots = np.zeros(1 << bits, np.uint64)
        self._numbers = np.full(1 << bits, NONE, np.int32)
        self._put(0)

    def _put(self, first: int) -> None:
        """Find places for the keys from a number on."""
        waiting = np.arange(first, len(self._held))
        places = np.zeros(len(self._held), np.int64)
        places[first:] = self._places(self._held[first:])
        while len(waiting):
            free = self._slots[places[waiting]] == 0
            self._slots[places[waiting[free]]] = self._held[waiting[free]]  # of several, one stays
            done = self._slots[places[waiting]] == self._held[waiting]
            self._numbers[places[waiting[done]]] = waiting[done]
            waiting = waiting[~done]
            places[waiting] = (places[waiting] + 1) % len(self._slots)

    def _places(self, keys: Keys) -> NDArray[np.int64]:
        return (keys * MIXER >> self._shift).astype(np.int64)
