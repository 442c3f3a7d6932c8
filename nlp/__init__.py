"""Text to understanding: a pure function of a message and its context."""
