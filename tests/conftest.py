"""Hypothesis profiles: the suite tries the same examples each time; "long" fuzzes 200,000 new ones."""

from hypothesis import HealthCheck, settings

settings.register_profile("suite", derandomize=True, deadline=None)
settings.register_profile(
    "long", max_examples=200_000, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
settings.load_profile("suite")
