"""What one can do in chat: one capability a file, found by scan. Files named _so are shared by several."""
