"""A mart opened for reading: its facts as Ibis tables on the engine that this house runs.

DuckDB in this process is the default. `spark` runs the same expressions on Spark, `trino://…` on
a Trino that has been shown the files. No measure knows which it is.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from hearth.insight.mart import rollup
from hearth.insight.mart.schema import FACTS
from hearth.insight.mart.store import Snapshot


class EngineRefused(ValueError):
    """The setting names no engine, or one whose library is not installed."""


@dataclass(frozen=True)
class Engine:
    """Which engine, and how much of this machine it may take. Read from HEARTH_ENGINE and so on."""

    name: str = "duckdb"
    memory: str = "2GB"
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)


@dataclass
class Mart:
    """One snapshot and a connection that sees it. Each fact is `mart.table(name)`."""

    connection: Any
    tables: dict[str, Table]
    built_on: date

    def table(self, fact: str) -> Table:
        return self.tables[fact]

    def ask(self, sql: str) -> pa.Table:
        """Rows of a query in the engine's own words."""
        if self.connection.name == "duckdb":  # spares Ibis reading a long query once more
            return self.connection.raw_sql(sql).to_arrow_table()
        return self.connection.to_pyarrow(self.connection.sql(sql))

    def from_days(self) -> "Mart":
        """The same mart with its roll-ups worked out from the days: slow, and what the kept ones
        must agree with. The days are read twice: for the months, and for when there was school."""
        days = self.tables["attendance"]
        months = self._held("months_from_days", rollup.months_of(days))
        taught = self._held("taught_from_days", rollup.taught_of(days))
        fresh = {"months": months, "taught": taught, "years": rollup.years_out_of(months)}
        return Mart(self.connection, {**self.tables, **fresh}, self.built_on)

    def _held(self, name: str, table: Table) -> Table:
        """Worked out once and held for this connection, where the engine can."""
        if self.connection.name != "duckdb":
            return table
        sql = self.connection.compile(table)
        self.connection.raw_sql(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")
        return self.connection.table(name)


@contextmanager
def opened(snapshot: Snapshot, engine: Engine | None = None) -> Iterator[Mart]:
    """A mart to read from, for the length of a block."""
    engine = engine or Engine()
    connect = ENGINES.get(engine.name.partition(":")[0])
    if connect is None:
        raise EngineRefused(f"HEARTH_ENGINE is one of {', '.join(ENGINES)}, not {engine.name}.")
    connection, tables = connect(snapshot, engine)
    try:
        yield Mart(connection, tables, snapshot.built_on)
    finally:
        connection.disconnect()


def _duckdb(snapshot: Snapshot, engine: Engine) -> tuple[Any, dict[str, Table]]:
    connection = ibis.duckdb.connect(
        threads=engine.threads,
        memory_limit=engine.memory,
        temp_directory=str(snapshot.folder.parent / "spill"),
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )
    # It reads these files and nothing else: no network, no extension, no other file.
    may_read = ", ".join(
        f"'{path}'" for path in (snapshot.folder, snapshot.folder.parent / "spill")
    )
    connection.raw_sql(f"SET allowed_directories = [{may_read}]")
    connection.raw_sql("SET enable_external_access = false")
    tables = {
        fact: connection.read_parquet([str(file) for file in snapshot.files(fact)], table_name=fact)
        for fact in FACTS
    }
    return connection, tables


def _spark(snapshot: Snapshot, engine: Engine) -> tuple[Any, dict[str, Table]]:
    try:
        spark = import_module("pyspark.sql").SparkSession
    except ModuleNotFoundError:
        raise EngineRefused("Spark is not installed: uv sync --group spark.") from None
    limits = spark.builder.config("spark.driver.memory", engine.memory.lower().rstrip("b"))
    session = ibis.pyspark.connect(limits.config("spark.ui.enabled", "false").getOrCreate())
    tables = {}
    for fact in FACTS:
        files = [str(file) for file in snapshot.files(fact)]
        session._session.read.parquet(*files).createOrReplaceTempView(fact)
        tables[fact] = session.table(fact)
    return session, tables


def _trino(snapshot: Snapshot, engine: Engine) -> tuple[Any, dict[str, Table]]:
    """The tables of one schema, which whoever keeps the Trino has laid over the mart's folders."""
    connection = ibis.connect(engine.name)
    return connection, {fact: connection.table(fact) for fact in FACTS}


ENGINES = {"duckdb": _duckdb, "spark": _spark, "trino": _trino}
