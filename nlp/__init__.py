"""Text to understanding: a pure function of a message and its situation."""

import os

# Only single characters are looked up by sound: the phrase dictionary would take 30 MB for nothing. pypinyin
# reads this from the environment when it is imported, and offers no other way.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
