"""The web server: the simulator's page, the console, /health."""
