"""The load generator: keep-alive connections that post prepared requests as fast as they return.

A process of its own on raw sockets, importing neither Django nor an HTTP library, because it shares
the machine with what it measures. Reads its orders as one JSON document from standard input:

`port`, `clients`, `seconds`, `first_no`, `head` and `bodies`. In `head` and `bodies` the text
`NNNNNNNNNNNN` becomes a running number of twelve digits. Writes what it saw as JSON.
"""

import json
import re
import selectors
import socket
import sys
import time
from collections import Counter
from typing import Any

PLACEHOLDER = "N" * 12
_STATUS = re.compile(rb"HTTP/1\.[01] (\d\d\d)")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_STALLED_SECONDS = 30


class Requests:
    """The prepared requests, one after the other."""

    def __init__(self, head: str, bodies: list[str], first_no: int) -> None:
        self.number = first_no
        self.templates = []
        for body in bodies or [""]:
            raw = body.encode()
            length = f"Content-Length: {len(raw)}\r\n" if raw else ""
            self.templates.append(f"{head}{length}\r\n".encode() + raw)

    def next(self) -> bytes:
        self.number += 1
        template = self.templates[self.number % len(self.templates)]
        return template.replace(PLACEHOLDER.encode(), b"%012d" % self.number)


class Client:
    """One connection with at most one request under way."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.received = b""
        self.sent_at = 0.0
        self.socket = self._open()

    def _open(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), _STALLED_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def send(self, request: bytes) -> None:
        self.received = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> tuple[int, bytes] | None:
        """Status and body once the answer is whole."""
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("the server closed the connection in the middle of a request")
        self.received += part
        head, blank, body = self.received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        is_whole = len(body) >= int(length[1]) if length else body.endswith(b"0\r\n\r\n")
        if not blank or not is_whole:
            return None
        status = _STATUS.match(head)
        if not status or not (length or _CHUNKED.search(head)):
            raise ConnectionError(f"not an answer that can be measured: {head[:200]!r}")
        if b"connection: close" in head.lower():
            self.socket.close()
            self.socket = self._open()
        return int(status[1]), body


def run(port: int, clients: int, seconds: float, requests: Requests) -> dict[str, Any]:
    """Load for so many seconds; every request begun is waited for and counted."""
    statuses: Counter[int] = Counter()
    latencies: list[float] = []
    odd = ""
    selector = selectors.DefaultSelector()
    started = time.perf_counter()
    for _number in range(clients):
        client = Client(port)
        client.send(requests.next())
        selector.register(client.socket, selectors.EVENT_READ, client)
    while selector.get_map():
        ready = selector.select(_STALLED_SECONDS)
        if not ready:
            raise TimeoutError(f"no answer for {_STALLED_SECONDS} s")
        for key, _events in ready:
            client, connection = key.data, key.fileobj
            answer = client.receive()
            if answer is None:
                continue
            now = time.perf_counter()
            latencies.append(now - client.sent_at)
            statuses[answer[0]] += 1
            if answer[0] >= 400 and not odd:  # noqa: PLR2004 - where HTTP's refusals begin
                odd = answer[1][:400].decode(errors="replace")
            selector.unregister(connection)
            if now - started < seconds:
                client.send(requests.next())
                selector.register(client.socket, selectors.EVENT_READ, client)
            else:
                client.socket.close()
    passed = time.perf_counter() - started
    return {
        "requests": len(latencies),
        "seconds": passed,
        "statuses": {str(status): count for status, count in statuses.items()},
        "latencies": [round(one, 6) for one in latencies],
        "first_refusal": odd,
        "last_no": requests.number,
    }


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump(
        run(
            asked["port"],
            asked["clients"],
            asked["seconds"],
            Requests(asked["head"], asked["bodies"], asked["first_no"]),
        ),
        sys.stdout,
    )
