"""Parts of the channel `onebot`."""
