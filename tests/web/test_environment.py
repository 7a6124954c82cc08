"""Settings come from the environment, and unsafe ones are refused in words."""

from pathlib import Path

import pytest

from hearth.web import embedded, environment
from hearth.web.environment import SettingRefused, database, database_urls, read

SAFE = {
    "HEARTH_MODE": "production",
    "HEARTH_SECRET_KEY": "x8f" * 20,
    "HEARTH_FILE_KEY": "k" * 44,
    "HEARTH_HOSTS": "hearth.aldervalley.example",
    "HEARTH_ADDRESS": "https://hearth.aldervalley.example",
    "DATABASE_URL": "postgresql://hearth_app:pw@db.example/hearth",
}


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    for name in ("DATABASE_OWNER_URL", "HEARTH_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HEARTH_DATA", str(tmp_path))
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_a_safe_production_starts(production: pytest.MonkeyPatch) -> None:
    assert read().is_production


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("HEARTH_SECRET_KEY", "", "HEARTH_SECRET_KEY"),
        ("HEARTH_SECRET_KEY", environment.DEMO_SECRET * 4, "HEARTH_SECRET_KEY"),
        ("HEARTH_FILE_KEY", "", "HEARTH_FILE_KEY"),
        ("HEARTH_DEBUG", "1", "HEARTH_DEBUG"),
        ("HEARTH_ADDRESS", "http://hearth.example", "https://"),
        ("HEARTH_HOSTS", "", "HEARTH_HOSTS"),
        ("DATABASE_URL", "", "DATABASE_URL"),
    ],
)
def test_production_refuses(
    production: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    production.setenv(name, value)
    with pytest.raises(SettingRefused, match=words):
        read()


def test_an_unknown_mode_is_refused(production: pytest.MonkeyPatch) -> None:
    production.setenv("HEARTH_MODE", "staging")
    with pytest.raises(SettingRefused, match="HEARTH_MODE"):
        read()


def test_a_machine_of_ones_own_makes_its_secrets_once(
    production: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in SAFE:
        production.delenv(name)
    first, second = read(), read()
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) > 40
    assert (tmp_path / "secrets" / "secret-key").stat().st_mode & 0o077 == 0


def test_one_address_is_the_owners_and_the_application_gets_a_role(
    production: pytest.MonkeyPatch,
) -> None:
    production.setenv("HEARTH_MODE", "local")
    production.setenv("DATABASE_URL", "postgresql://boss:pw@127.0.0.1:5499/school")
    application, owner = database_urls(read())
    assert database(owner)["USER"] == "boss"
    assert database(application)["USER"] == embedded.APPLICATION
    assert database(application)["HOST"] == "127.0.0.1"


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(SettingRefused, match="postgresql://"):
        database("mysql://x/y")


def test_a_socket_folder_and_escaped_letters_are_understood() -> None:
    entry = database("postgresql://us%40er:p%2Fw@/name?host=%2Frun%2Fpg&sslmode=require")
    assert (entry["USER"], entry["PASSWORD"], entry["HOST"]) == ("us@er", "p/w", "/run/pg")
    assert entry["OPTIONS"] == {"sslmode": "require"}
