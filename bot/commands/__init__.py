"""One command of `tuanbot` a module; each imports what it needs only when it is run."""
