"""One repository a port of bot.ports, all of them on one Session."""
