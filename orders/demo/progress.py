from typing import Protocol


class Say(Protocol):
    """Tells somebody who waits what is being done, and how far it is (`done` of `total`)."""

    def __call__(self, step: str, done: int = 1, total: int = 1) -> None: ...
