"""The house as a school would run it: its own process, its own database, one address."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import psycopg

from hearth.web import embedded, messages
from tests.cli.commands import CLUSTER, copy_of_the_cast, drop

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180  # seconds; a busy machine with two cores starts slowly


@dataclass(frozen=True)
class House:
    """Where it answers, and where it keeps what leaves it."""

    address: str
    data: Path | None = None

    def kept(self) -> list[Path]:
        """Its log and every e-mail it has sent; where the house is another's, nothing."""
        if self.data is None:
            return []
        return [
            file for file in (self.data / "serve.log", *self.data.glob("mail/*")) if file.is_file()
        ]


@contextmanager
def house_of_the_cast(data: Path) -> Iterator[House]:
    """Serve a copy of the tests' world as a demonstration, so that one click signs anybody in."""
    name = copy_of_the_cast("hearth_journeys")
    try:
        _make_it_a_demonstration(name)
        with served(name, data) as house:
            yield house
    finally:
        drop(name)


@contextmanager
def served(database: str, data: Path) -> Iterator[House]:
    """`hearth serve` on a free port, until the end."""
    gather_static_files()
    port = _free_port()
    environment = surroundings(database, data)
    log = data / "serve.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "hearth.cli", "serve", "--port", str(port)],
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
        )
        try:
            house = House(f"http://127.0.0.1:{port}", data)
            if not _becomes_well(house, process):
                raise AssertionError(f"hearth serve did not become well:\n{log.read_text()}")
            yield house
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=PATIENCE)


def surroundings(database: str, data: Path) -> dict[str, str]:
    """The environment of the house's process."""
    data.mkdir(parents=True, exist_ok=True)
    return {
        **_clean(),
        "HEARTH_MODE": "demo",
        "HEARTH_DATA": str(data),
        "DATABASE_URL": embedded.url(CLUSTER, embedded.APPLICATION, database),
        "DATABASE_OWNER_URL": embedded.url(CLUSTER, embedded.OWNER, database),
    }


def _clean() -> dict[str, str]:
    """This process's environment without a word of the tests' own settings."""
    ours = ("HEARTH_", "DATABASE_", "DJANGO_")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours)}


def gather_static_files() -> None:
    """What `make setup` gathers, gathered again only where something is newer."""
    catalog = messages.catalog_file("es")
    compiled = catalog.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < catalog.stat().st_mtime:
        messages.compile_messages()
    gathered = ROOT / ".build" / "collected" / "staticfiles.json"
    ours = [file for file in (ROOT / "hearth").glob("*/static/**/*") if file.is_file()]
    newest = max(file.stat().st_mtime for file in ours)
    if not gathered.exists() or gathered.stat().st_mtime < newest:
        subprocess.run(
            [sys.executable, "-m", "hearth.web.manage", "collectstatic", "--noinput",
             "--verbosity", "0"],
            env={**_clean(), "HEARTH_MODE": "local"}, cwd=ROOT, check=True,
        )  # fmt: skip


def _make_it_a_demonstration(name: str) -> None:
    address = embedded.url(CLUSTER, "postgres", name)
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("UPDATE schools_district SET is_demo = true")


def _free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return int(any_port.getsockname()[1])


def _becomes_well(house: House, process: subprocess.Popen[bytes]) -> bool:
    began = time.monotonic()
    while process.poll() is None and time.monotonic() - began < PATIENCE:
        try:
            with urlopen(f"{house.address}/health", timeout=5):  # noqa: S310 - our own address
                return True
        except OSError:
            time.sleep(0.2)
    return False
