"""gunicorn's threaded worker, with connections spread evenly over the processes."""

import socket
import time

from gunicorn.workers.gthread import ThreadWorker

_STEP_SECONDS = 0.0005
_MOST_STEPS = 4


class EvenWorker(ThreadWorker):  # type: ignore[misc]
    """A process that has connections already lets one with fewer take the next.

    All processes hear of a new connection, and whichever wakes first would take it. Connections
    stay open for many requests, so one process might serve them all while the others are idle.
    """

    def accept(self, listener: socket.socket) -> None:
        time.sleep(min(self.nr_conns, _MOST_STEPS) * _STEP_SECONDS)
        super().accept(listener)
