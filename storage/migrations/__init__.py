"""Schema versions, run by storage.migrate."""
