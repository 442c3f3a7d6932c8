"""What survives a restart: tables, repositories, the unit of work, and the short-lived state beside them."""
