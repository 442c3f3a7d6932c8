"""What was read is kept between units of work; each unit sees its own changes, others only committed ones."""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
CAPACITY = 512


class Committed(Generic[Key, Value]):
    """Values as they were in the store at some commit. Readers check whether they are out of date."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._capacity = capacity

    def get(self, key: Key) -> Value | None:
        """The value, if it is still kept."""
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def update(self, values: Mapping[Key, Value]) -> None:
        """Keep values; what was not asked for longest makes room."""
        for key, value in values.items():
            self._values[key] = value
            self._values.move_to_end(key)
        while len(self._values) > self._capacity:
            self._values.popitem(last=False)


class Pending(Generic[Key, Value]):
    """One unit of work's view of a cache."""

    def __init__(self, committed: Committed[Key, Value]) -> None:
        self._committed = committed
        self._own: dict[Key, Value] = {}

    def own(self, key: Key) -> Value | None:
        """What this unit of work itself has read or changed."""
        return self._own.get(key)

    def get(self, key: Key) -> Value | None:
        """Its own value, else the committed one, which may be out of date."""
        value = self._own.get(key)
        return self._committed.get(key) if value is None else value

    def put(self, key: Key, value: Value) -> None:
        """Keep a value until the commit shows it to all."""
        self._own[key] = value

    def mark(self) -> dict[Key, Value]:
        """What `restore` takes back to."""
        return dict(self._own)

    def restore(self, mark: dict[Key, Value]) -> None:
        """Forget what was put since the mark was taken."""
        self._own = mark

    def publish(self) -> None:
        """The unit of work was committed."""
        self._committed.update(self._own)
        self._own = {}
