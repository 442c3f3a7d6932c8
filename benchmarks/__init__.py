"""How fast tuanbot is, and how it grows: `python -m benchmarks [NAME...]` prints tables."""
