"""Parts of the channel `wechaty`; imported only when it is configured."""
