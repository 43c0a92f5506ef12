"""What Prometheus is told: prometheus-client, its only home."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from index.errors import ArchiveError, ServerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prometheus_client.core import Metric

    from assistant.serve.guard.work import Line

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OTHER = "other"

MOST_ROUTES = 300
"""Templates of routes that are told apart; however routes are written, the measures stay few."""

COUNTED_FOR = 60.0
"""Seconds for which a count of the archive holds; of a large one it takes a while."""


class Measures:
    """Counts requests and answers, in a registry of its own; no label holds what somebody sent.

    `count` returns how many articles and passages there are, or None while the archive is still being opened.

    Raises ServerError where prometheus-client is not installed.
    """

    def __init__(self, line: Line, count: Callable[[], tuple[int, int] | None]) -> None:
        try:
            import prometheus_client as client
        except ImportError as error:
            raise ServerError("serving programs needs prometheus-client; run `pip install 'isnad[serve]'`") from error
        self.registry = client.CollectorRegistry()
        route = ("method", "route")
        self._requests = client.Counter(
            "isnad_requests", "Requests that were answered", (*route, "status"), registry=self.registry
        )
        self._seconds = client.Histogram(
            "isnad_request_seconds",
            "Seconds until a request's answer was complete",
            route,
            registry=self.registry,
            buckets=SECONDS,
        )
        self._refused = client.Counter(
            "isnad_refused", "Requests that were refused, by reason", ("reason",), registry=self.registry
        )
        self._answers = client.Counter(
            "isnad_answers", "Questions that were answered or declined", ("outcome",), registry=self.registry
        )
        self.in_flight = client.Gauge("isnad_in_flight", "Requests that are being answered", registry=self.registry)
        at_work = client.Gauge("isnad_at_work", "Requests that have a place at work", registry=self.registry)
        at_work.set_function(lambda: line.at_work)
        waiting = client.Gauge("isnad_queue_length", "Requests that wait for a place", registry=self.registry)
        waiting.set_function(lambda: line.waiting)
        for outcome in ("answered", "declined"):
            self._answers.labels(outcome)  # so that a rate of declines can be drawn before the first one
        self.registry.register(_Holdings(count))
        self._routes: set[str] = set()
        self._render = client.generate_latest
        self.content_type = client.CONTENT_TYPE_LATEST

    def add_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        method = method if method in METHODS else OTHER
        if route not in self._routes:
            route = route if len(self._routes) < MOST_ROUTES else OTHER
            self._routes.add(route)
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def add_refusal(self, code: str) -> None:
        """Count a refusal."""
        self._refused.labels(code).inc()

    def add_answer(self, *, declined: bool) -> None:
        """Count a question that was answered or declined."""
        self._answers.labels("declined" if declined else "answered").inc()

    def exposition(self) -> bytes:
        """Return all of it in Prometheus's text format."""
        return self._render(self.registry)


class _Holdings:
    """How much the archive holds, counted when that is asked for."""

    def __init__(self, count: Callable[[], tuple[int, int] | None]) -> None:
        self._count = count
        self._counted: tuple[int, int] | None = None
        self._until = 0.0

    def collect(self) -> Iterator[Metric]:
        """Give the counts; none while there is no archive."""
        from prometheus_client.core import GaugeMetricFamily

        if time.monotonic() >= self._until:
            try:
                self._counted = self._count()
            except ArchiveError:
                self._counted = None
            self._until = time.monotonic() + COUNTED_FOR if self._counted else 0.0
        for name, number in zip(("articles", "passages"), self._counted or (), strict=False):
            yield GaugeMetricFamily(f"isnad_{name}", f"How many {name} the archive holds", value=number)
