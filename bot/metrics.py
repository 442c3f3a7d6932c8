"""Figures for Prometheus: what came, what became of it and how long it took; what waits to be said."""

from collections.abc import Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.dispatch import Handled
from bot.model import Backlog
from bot.understanding import Intent

SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The figures of one bot, in a registry of their own. Labels are closed sets: no room, no member."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._messages = Counter(
            "tuanbot_messages",
            "Messages that were handled",
            ("channel", "intent", "outcome"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "tuanbot_message_seconds",
            "Time from a message's turn in its lane to its commit",
            ("channel",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._misses = self._counter("tuanbot_faq_misses", "Questions that no entry answers")
        self._incidents = self._counter("tuanbot_incidents", "Messages whose handling failed")
        self._waiting = self._gauge("tuanbot_outbox_waiting", "Replies that wait to be sent")
        self._age = self._gauge("tuanbot_outbox_age_seconds", "Age of the oldest reply that waits")
        self._given_up = self._gauge("tuanbot_outbox_given_up", "Replies that were never sent, over all time")
        self._store_up = self._gauge("tuanbot_store_up", "Whether the database answers: 1 or 0")
        self._state_up = self._gauge("tuanbot_redis_up", "Whether Redis answers: 1 or 0")
        self._channel_up = Gauge(
            "tuanbot_channel_up", "Whether a channel hears: 1 or 0", ("channel",), registry=self._registry
        )

    def handled(self, handled: Handled, seconds: float) -> None:
        """Count a message."""
        channel, understanding = handled.incoming.address.channel, handled.understanding
        intent = understanding.intent.value if understanding else "none"
        self._messages.labels(channel, intent, handled.outcome).inc()
        self._seconds.labels(channel).observe(seconds)
        if handled.incident:
            self._incidents.inc()
        if understanding and understanding.intent is Intent.QUESTION:
            self._misses.inc()

    def text(
        self, backlog: Backlog | None, now: datetime, *, state: bool, channels: Mapping[str, bool]
    ) -> bytes:
        """All figures in the text format; `backlog` is None while the store is away.

        `state` and `channels`, by name, are whether they are well.
        """
        self._store_up.set(0 if backlog is None else 1)
        self._state_up.set(state)
        for channel, well in channels.items():
            self._channel_up.labels(channel).set(well)
        if backlog is not None:
            self._waiting.set(backlog.waiting)
            self._given_up.set(backlog.given_up)
            self._age.set((now - backlog.oldest).total_seconds() if backlog.oldest else 0)
        return generate_latest(self._registry)

    def _counter(self, name: str, text: str) -> Counter:
        return Counter(name, text, registry=self._registry)

    def _gauge(self, name: str, text: str) -> Gauge:
        return Gauge(name, text, registry=self._registry)
