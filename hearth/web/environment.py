"""What the environment says, read once and checked in words before anything starts."""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from cryptography.fernet import Fernet

from hearth.web import embedded

Mode = Literal["local", "demo", "production", "test"]
ROOT = Path(__file__).resolve().parents[2]
DEMO_SECRET = "demonstration-only"  # noqa: S105 - its whole point is to be refused in production


class SettingRefused(SystemExit):
    """Raised when Hearth will not start; the text says which variable to mend and how."""

    def __init__(self, text: str) -> None:
        super().__init__(f"Hearth will not start: {text}")


@dataclass(frozen=True)
class Environment:
    mode: Mode
    data: Path
    secret_key: str
    file_key: str
    hosts: list[str]
    address: str
    debug: bool
    database_url: str
    owner_url: str
    email_url: str
    largest_upload: int
    engine: str
    engine_memory: str
    engine_threads: int
    map_tiles: str
    map_credit: str

    @property
    def is_demo(self) -> bool:
        return self.mode == "demo"

    @property
    def is_production(self) -> bool:
        return self.mode == "production"


def read() -> Environment:
    """Read and check the environment. Raises SettingRefused with the variable's name."""
    mode = os.environ.get("HEARTH_MODE", "local")
    if mode not in ("local", "demo", "production", "test"):
        raise SettingRefused("HEARTH_MODE is local, demo or production.")
    data = Path(os.environ.get("HEARTH_DATA", ROOT / ".data")).resolve()
    production = mode == "production"
    tiles, credit = _map_tiles()
    address = os.environ.get("HEARTH_ADDRESS", "" if production else "http://localhost:8000")
    found = Environment(
        mode=mode,  # type: ignore[arg-type]  # checked just above
        data=data,
        secret_key=os.environ.get("HEARTH_SECRET_KEY")
        or ("" if production else _kept(data, "secret-key")),
        file_key=os.environ.get("HEARTH_FILE_KEY") or ("" if production else _kept_file_key(data)),
        hosts=[h for h in os.environ.get("HEARTH_HOSTS", "").split(",") if h]
        or ([] if production else ["localhost", "127.0.0.1", "[::1]", "testserver"]),
        address=address,
        debug=os.environ.get("HEARTH_DEBUG", "") == "1",
        database_url=os.environ.get("DATABASE_URL", ""),
        owner_url=os.environ.get("DATABASE_OWNER_URL", ""),
        email_url=os.environ.get("HEARTH_EMAIL_URL", ""),
        largest_upload=_megabytes("HEARTH_UPLOAD_MB", 500),
        engine=_engine(),
        engine_memory=_memory(),
        engine_threads=_threads(),
        map_tiles=tiles,
        map_credit=credit,
    )
    if production:
        _refuse_unsafe(found)
    return found


def _megabytes(variable: str, usual: int) -> int:
    said = os.environ.get(variable) or str(usual)
    if not said.isdecimal() or int(said) == 0:
        raise SettingRefused(f"{variable} is a whole number of megabytes, such as {usual}.")
    return int(said) * 1024**2


def _engine() -> str:
    said = os.environ.get("HEARTH_ENGINE") or "duckdb"
    if said not in ("duckdb", "spark") and not said.startswith("trino://"):
        raise SettingRefused("HEARTH_ENGINE is duckdb, spark, or an address like trino://host/…")
    return said


def _memory() -> str:
    said = os.environ.get("HEARTH_ENGINE_MEMORY") or "2GB"
    if not re.fullmatch(r"[1-9][0-9]*(MB|GB)", said):
        raise SettingRefused("HEARTH_ENGINE_MEMORY is a size such as 500MB or 4GB.")
    return said


def _threads() -> int:
    said = os.environ.get("HEARTH_ENGINE_THREADS") or str(os.cpu_count() or 1)
    if not said.isdecimal() or int(said) == 0:
        raise SettingRefused("HEARTH_ENGINE_THREADS is a whole number, such as 2.")
    return int(said)


def _map_tiles() -> tuple[str, str]:
    """The address of a background map's squares, and after a blank whom it asks to be named."""
    address, _blank, credit = os.environ.get("HEARTH_MAP_TILES", "").strip().partition(" ")
    whole = all(part in address for part in ("{z}", "{x}", "{y}"))
    if address and not (whole and re.match(r"https://[\w.-]+(:\d+)?/", address)):
        raise SettingRefused(
            "HEARTH_MAP_TILES is an address like https://tiles.example/{z}/{x}/{y}.png, and after "
            "a blank whom to name."
        )
    return address, credit.strip() or urlsplit(address).netloc


def _refuse_unsafe(found: Environment) -> None:
    if len(found.secret_key) < 40 or DEMO_SECRET in found.secret_key:
        raise SettingRefused("set HEARTH_SECRET_KEY to a random text of 40 characters or more.")
    if not found.file_key:
        raise SettingRefused("set HEARTH_FILE_KEY (make one with `hearth make-key`).")
    if found.debug:
        raise SettingRefused("HEARTH_DEBUG shows secrets to visitors; take it away.")
    if not found.address.startswith("https://"):
        raise SettingRefused("set HEARTH_ADDRESS to the https:// address people type.")
    if not found.hosts:
        raise SettingRefused("set HEARTH_HOSTS to the host names you serve, with commas.")
    if not found.database_url:
        raise SettingRefused("set DATABASE_URL to the application's own PostgreSQL role.")


def origin(address: str) -> list[str]:
    """Scheme and host of an address, for a policy that names whom a page may ask; none of none."""
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc}"] if address else []


def database(url: str) -> dict[str, object]:
    """A Django DATABASES entry from postgresql://user:password@host:port/name?host=/socket."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise SettingRefused("DATABASE_URL must begin with postgresql://")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(options),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def email(found: Environment) -> dict[str, object]:
    """Django's settings for sending, from smtp://user:password@host:port (smtps: TLS at once).

    Without an address, letters are kept as files beside the data: nothing is sent by accident.
    """
    if not found.email_url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(found.data / "mail"),
        }
    parts = urlsplit(found.email_url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingRefused("HEARTH_EMAIL_URL looks like smtp://user:password@host:587")
    at_once = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if at_once else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": at_once,
        "EMAIL_USE_TLS": not at_once and found.is_production,
    }


def database_urls(found: Environment) -> tuple[str, str]:
    """The application's and the owner's address; both in the embedded cluster unless told.

    Outside production one address is enough: it is the owner's, and Hearth makes the application
    a role of its own in the same server.
    """
    if not found.database_url:
        cluster = found.data / "postgres"
        return (
            embedded.url(cluster, embedded.APPLICATION),
            embedded.url(cluster, embedded.OWNER),
        )
    if found.owner_url or found.is_production:
        return found.database_url, found.owner_url or found.database_url
    password = _kept_value(found.data, "application-role", secrets.token_urlsafe(24))
    parts = urlsplit(found.database_url)
    place = parts.netloc.rpartition("@")[2]
    application = parts._replace(netloc=f"{embedded.APPLICATION}:{password}@{place}")
    return urlunsplit(application), found.database_url


def _kept(data: Path, name: str) -> str:
    return _kept_value(data, name, secrets.token_urlsafe(48))


def _kept_file_key(data: Path) -> str:
    return _kept_value(data, "file-key", Fernet.generate_key().decode())


def _kept_value(data: Path, name: str, fresh: str) -> str:
    """A secret made on first use and kept beside the data, readable by its owner alone."""
    file = data / "secrets" / name
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(fresh)
    return file.read_text()
