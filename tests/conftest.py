"""Hypothesis profiles: `--hypothesis-profile long` fuzzes with 200,000 examples a test."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "long", max_examples=200_000, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
