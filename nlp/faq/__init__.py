"""The FAQ: entries from files, the one that answers a question, and what keeps them good."""
