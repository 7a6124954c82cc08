"""How long pages take beside the least a page can cost, with a large district behind them.

    python -m benchmarks.pages [--students 50000] [--seconds 1] [--json]

Absolute times do not travel from one machine or day to another: read the column `x floor`, which
is measured in the same run, in rounds that take turns.
"""

import argparse
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import awake  # noqa: F401 - before any model
from benchmarks.settings import DATA, ROOT
from benchmarks.visited import Door, Visited, visited_pages
from benchmarks.visitors import Visits, visit
from benchmarks.world import fresh_copy

CLIENTS = (1, 8)
ROUNDS = 3
TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass
class Measured:
    """One page: what it asks of the database, what it weighs, and how long it took."""

    page: Visited
    queries: int = 0
    queries_few: int = 0
    html: int = 0
    gzipped: int = 0
    visits: dict[int, Visits] = field(default_factory=lambda: {n: Visits() for n in CLIENTS})

    def told(self, floor: "Measured") -> dict[str, Any]:
        return {
            "page": self.page.name,
            "queries": self.queries,
            "queries_with_few_rows": self.queries_few,
            "html_bytes": self.html,
            "gzip_bytes": self.gzipped,
            "clients": {
                str(n): _timed(visits, floor.visits[n]) for n, visits in self.visits.items()
            },
        }


def main() -> None:
    wanted = _wanted()
    say = _quietly if wanted.json else _aloud
    fresh_copy(wanted.students, say)
    say("Counting queries")
    measured = [_counted(Measured(page)) for page in visited_pages()]
    with served() as port:
        _measure(measured, port, wanted.seconds, say)
    told = [one.told(measured[0]) for one in measured]
    if wanted.json:
        print(json.dumps({"students": wanted.students, "workers": 2, "pages": told}, indent=2))
    else:
        _table(told)
    connection.close()
    _stop_database()


def _stop_database() -> None:
    """Ask the measurements' own server to finish; the next run starts it again."""
    process = (DATA / "postgres" / "postmaster.pid").read_text().splitlines()[0]
    os.kill(int(process), signal.SIGINT)


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--students", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=1.0, help="for each page in each round")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")
    return parser.parse_args()


def _counted(one: Measured) -> Measured:
    one.queries, body = _queries(one.page.many)
    one.queries_few, _ = _queries(one.page.few)
    one.html, one.gzipped = len(body), len(gzip.compress(body, 6))
    return one


def _queries(door: Door) -> tuple[int, bytes]:
    """Every statement but the marks of a transaction; the second visit counts, as caches fill."""
    client = Client()
    client.force_login(door.user)
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            answer = client.post(door.path, door.body()) if door.body else client.get(door.path)
    if answer.status_code != door.answers:
        raise SystemExit(f"{door.path} answered {answer.status_code}, not {door.answers}")
    asked = [query for query in caught.captured_queries if not _marks(query["sql"])]
    return len(asked), answer.content


def _marks(statement: str) -> bool:
    """A mark travels alone, or behind the name of who acts, which history sends along."""
    return statement.rpartition("; ")[2].startswith(TRANSACTION)


@contextmanager
def served() -> Iterator[int]:
    """The server as `hearth serve` starts it, on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "hearth.web.wsgi", "--workers", "2",
         "--bind", f"127.0.0.1:{port}", "--worker-class", "sync", "--max-requests", "5000",
         "--config", "python:hearth.web.gunicorn"],
        cwd=ROOT,
    )  # fmt: skip
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):  # two minutes, for a machine that does much else
        if server.poll() is not None:
            break
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise SystemExit("The server did not start.")


def _measure(measured: list[Measured], port: int, seconds: float, say: Any) -> None:
    asking = {one.page.name: one.page.many.asking() for one in measured}
    for turn in range(ROUNDS + 1):
        say(f"Round {turn} of {ROUNDS}" if turn else "Warming up")
        for clients in CLIENTS:
            for one in measured:
                visits = visit(
                    port, asking[one.page.name], answers=one.page.many.answers, clients=clients,
                    seconds=seconds if turn else seconds / 4,
                )  # fmt: skip
                if turn:
                    one.visits[clients] += visits


def _timed(visits: Visits, floor: Visits) -> dict[str, float]:
    return {
        "p50": round(visits.percentile(0.5), 2),
        "p95": round(visits.percentile(0.95), 2),
        "p99": round(visits.percentile(0.99), 2),
        "per_second": round(visits.per_second, 1),
        "times_floor": round(visits.percentile(0.5) / floor.percentile(0.5), 2),
        "answers": len(visits.took),
    }


def _table(told: list[dict[str, Any]]) -> None:
    print(f"{'':22} {'queries':>9} {'KB gzip':>8}", end="")
    for clients in CLIENTS:
        print(
            f" | {clients} at once: {'p50':>5} {'p95':>6} {'p99':>6} {'per s':>6} {'x floor':>7}",
            end="",
        )
    print()
    for row in told:
        counted = f"{row['queries']} ({row['queries_with_few_rows']})"
        print(f"{row['page']:22} {counted:>9} {row['gzip_bytes'] / 1000:8.1f}", end="")
        for timed in row["clients"].values():
            print(
                f" | {'':10} {timed['p50']:6.1f} {timed['p95']:6.1f} {timed['p99']:6.1f}"
                f" {timed['per_second']:6.0f} {timed['times_floor']:7.2f}",
                end="",
            )
        print()
    print("queries: with many rows behind the page, and (with few). Times in milliseconds.")


def _aloud(words: str) -> None:
    print(words, flush=True)


def _quietly(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
