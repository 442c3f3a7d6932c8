"""Who did what to whom and why; only ever appended."""

from storage.session import Session
from storage.tables import audit


class SqlAudit:
    """Implements bot.repositories.Audit."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def record(self, room_id: int, actor_id: int, action: str, detail: str, message_id: str) -> None:
        """Keep one act."""
        values = {
            "room_id": room_id,
            "actor_id": actor_id or None,
            "action": action,
            "detail": detail,
            "message_id": message_id,
            "time": self._session.clock.now(),
        }
        self._session.add(audit, [values])
