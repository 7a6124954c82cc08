"""Visitors who come back as soon as they are answered: a bounded load on one loopback port."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread
from time import perf_counter

AT_MOST = 5_000
Ask = Callable[[], bytes]


class WrongAnswer(Exception):
    """A page answered something else than what is measured; its time would mean nothing."""


@dataclass
class Visits:
    """How long each answer took, in milliseconds, and how long the whole round."""

    took: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def __iadd__(self, other: "Visits") -> "Visits":
        self.took += other.took
        self.seconds += other.seconds
        return self

    def percentile(self, part: float) -> float:
        ordered = sorted(self.took)
        return ordered[min(int(len(ordered) * part), len(ordered) - 1)]

    @property
    def per_second(self) -> float:
        return len(self.took) / self.seconds


def visit(port: int, ask: Ask, *, answers: int, clients: int, seconds: float) -> Visits:
    """Ask again and again, `clients` at once. Workers of this kind close after each answer, so
    each question is a connection of its own."""
    visits, faults = Visits(), []
    begins = perf_counter()

    def one_client() -> None:
        try:
            while perf_counter() - begins < seconds and len(visits.took) < AT_MOST:
                asked = ask()
                start = perf_counter()
                answer = _exchange(port, asked)
                visits.took.append((perf_counter() - start) * 1000)
                if not answer.startswith(b"HTTP/1.1 %d " % answers):
                    raise WrongAnswer(answer[:200].decode(errors="replace"))
        except (OSError, WrongAnswer) as fault:
            faults.append(fault)

    threads = [Thread(target=one_client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    visits.seconds = perf_counter() - begins
    return visits


def _exchange(port: int, asked: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as talk:
        talk.sendall(asked)
        parts = []
        while part := talk.recv(65536):
            parts.append(part)
    return b"".join(parts)


def get(path: str, cookies: str) -> bytes:
    return _head("GET", path, cookies) + b"\r\n"


def post(path: str, cookies: str, body: str) -> bytes:
    sent = body.encode()
    return (
        _head("POST", path, cookies)
        + b"Content-Type: application/x-www-form-urlencoded\r\n"
        + b"Content-Length: %d\r\n\r\n" % len(sent)
        + sent
    )


def _head(method: str, path: str, cookies: str) -> bytes:
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Accept-Language: en\r\nCookie: {cookies}\r\n"
    ).encode()
