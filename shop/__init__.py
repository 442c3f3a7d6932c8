"""Rules of the business: pure values and functions, no I/O, no clock, no await."""
