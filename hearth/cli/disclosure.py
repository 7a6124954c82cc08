"""`hearth disclose` and `hearth audit`: what may be shown of a table, and what it tells."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from hearth.disclosure import (
    OUTCOME,
    TOTAL,
    Cell,
    Protected,
    Recovered,
    Rule,
    Status,
    Table,
    TableFault,
    protect,
    rates,
)
from hearth.disclosure import audit as attack
from hearth.disclosure.files import (
    LongTable,
    check_margins,
    inner_cells,
    read_hierarchy,
    read_long_table,
)

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _both(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--json", "as_json", is_flag=True, help="One JSON document."),
        click.option(
            "--hierarchy", type=FILE, help="CSV of child, parent and, if need be, dimension."
        ),
        click.option("--count", required=True, help="The column of counts."),
        click.option("--dims", required=True, help="The columns that divide people, with commas."),
        click.argument("file", type=FILE),
    ):
        command = option(command)
    return command


@click.command()
@_both
@click.option(
    "--min",
    "at_least",
    default=11,
    show_default=True,
    type=click.IntRange(1),
    help="The smallest count that may be shown.",
)
@click.option("--primary", help="A column that marks further cells to withhold.")
@click.option(
    "--width",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="How many people wide the doubt about a withheld cell must be.",
)
@click.option("--zeros", is_flag=True, help="Withhold zeros too.")
@click.option("--everybody", is_flag=True, help="Withhold “all of them” and “none of them” too.")
@click.option("--complements", is_flag=True, help="“Everybody but these” is a group, too.")
@click.option("--denominator", help="The column of which --count is a part.")
@click.option(
    "--groups-only",
    is_flag=True,
    help="With --denominator: withhold small groups, not small parts of large groups.",
)
@click.option("--tables", help="Publish these margins only: school,race;school,program")
@click.option("--earlier", type=FILE, help="What was shown at another date, in the same columns.")
def disclose(file: Path, dims: str, count: str, as_json: bool, **options: Any) -> None:
    """Say for each cell of FILE whether it may be shown.

    FILE is a long table: one row for each cell, its codes under --dims, its count under --count.
    Margins may be given (Total) or left out. Nothing is written, no withheld count is printed.
    """
    try:
        table, given = _read(file, _names(dims), count, options)
        names = [name.split(",") for name in (options["tables"] or "").split(";") if name]
        rule = Rule(
            at_least=options["at_least"],
            width=options["width"],
            zeros=options["zeros"],
            everybody=options["everybody"],
            complements=options["complements"],
            outcome=OUTCOME if options["denominator"] else None,
            small_parts=not options["groups_only"],
        )
        made = _table(table, given, names, rule, options)
        marked = table.flagged(options["primary"]) if options["primary"] else []
        done = protect(
            made,
            rule,
            earlier=_earlier(options, table.dims, count),
            withheld=_with_outcome(marked, rule),
        )
    except TableFault as fault:
        raise click.ClickException(f"{file.name}: {fault}") from fault
    _print_protected(done, table, as_json)


def _names(dims: str) -> list[str]:
    return [name.strip() for name in dims.split(",")]


def _read(
    file: Path, dims: list[str], count: str, options: dict[str, Any]
) -> tuple[LongTable, dict[str, dict[str, str]]]:
    keep = [options[name] for name in ("primary", "denominator") if options.get(name)]
    table = read_long_table(file, dims, count, keep=keep)
    path = options["hierarchy"]
    return table, read_hierarchy(path, dims, list(table.lines)) if path else {}


def _table(
    table: LongTable,
    hierarchies: dict[str, dict[str, str]],
    names: list[list[str]],
    rule: Rule,
    options: dict[str, Any],
) -> Table:
    inner, margins = inner_cells(table, hierarchies)
    linked = names or None
    unknown = [name for part in names for name in part if name not in table.dims]
    if unknown:
        raise TableFault(f"--tables names “{unknown[0]}”, which is not among --dims")
    if options["denominator"]:
        whole = table.numbers(options["denominator"])
        made = rates(
            table.dims,
            inner,
            {cell: whole[cell] for cell in inner},
            hierarchies=hierarchies,
            margins=linked,
        )
        check = {
            cell[:-1]: int(made.counts[n]) for cell, n in made.place.items() if cell[-1] == "yes"
        }
    else:
        made = Table.of(
            table.dims, inner, hierarchies=hierarchies, margins=linked, zeros=rule.keeps_zeros
        )
        check = {cell: int(made.counts[n]) for cell, n in made.place.items()}
    if not names:
        check_margins(table, margins, check)
    return made


def _with_outcome(cells: list[Cell], rule: Rule) -> list[Cell]:
    if not rule.outcome:
        return cells
    return [(*cell, part) for cell in cells for part in ("yes", "no")]


def _earlier(options: dict[str, Any], dims: tuple[str, ...], count: str) -> dict[Cell, int]:
    if not options["earlier"]:
        return {}
    if options["denominator"]:
        shown = read_long_table(
            options["earlier"], dims, count, mark="*", keep=[options["denominator"]]
        )
        whole = {c: t for c, t in shown.beside[options["denominator"]].items() if t != "*"}
        parts = {(*c, "yes"): n for c, n in shown.counts.items()}
        return parts | {(*c, TOTAL): int(t) for c, t in whole.items()}
    return read_long_table(options["earlier"], dims, count, mark="*").counts


def _print_protected(done: Protected, given: LongTable, as_json: bool) -> None:
    shown, dims = done.shown(), done.table.dims
    statuses = (
        {
            **dict.fromkeys((c for c, n in given.counts.items() if not n), Status.SHOWN),
            **done.statuses,
        }
        if len(dims) == len(given.dims)
        else done.statuses
    )
    cells = [
        {
            "dims": dict(zip(dims, cell, strict=True)),
            "status": status.value,
            "count": shown.get(cell, 0) if status is Status.SHOWN else None,
        }
        for cell, status in statuses.items()
    ]
    tally = Counter(status.value for status in statuses.values())
    if as_json:
        summary = {status.value: tally[status.value] for status in Status}
        ended = {"given-up": len(done.coarse), "unproven": len(done.unproven)}
        told = {"summary": summary, **ended, "cells": cells}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*dims, "count", "status"])
    for cell, status in statuses.items():
        writer.writerow(
            [*cell, shown.get(cell, 0) if status is Status.SHOWN else "*", status.value]
        )
    click.echo(", ".join(f"{tally[s.value]} {s.value}" for s in Status), err=True)
    if done.coarse:
        words = "were withheld with their whole line, because the work that is allowed ended"
        click.echo(f"{len(done.coarse)} of them {words}; fewer might do.", err=True)
    if done.unproven:
        words = "can be told from figures that stand already; do not publish this table"
        click.echo(f"{len(done.unproven)} withheld cells {words}.", err=True)


@click.command()
@_both
@click.option(
    "--withheld", default="*", show_default=True, help="What stands for a withheld count."
)
@click.option(
    "--width",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="Report cells pinned to fewer than this many people; 1: exact ones only.",
)
@click.option(
    "--least",
    default=0,
    show_default=True,
    type=click.IntRange(0),
    help="What a withheld inner cell counts at least, by the publisher's rule.",
)
@click.option("--most", type=click.IntRange(0), help="What a withheld inner cell counts at most.")
@click.option(
    "--strict", is_flag=True, help="End with 1 when anything can be recovered, or may be."
)
def audit(
    file: Path,
    dims: str,
    count: str,
    as_json: bool,
    hierarchy: Path | None,
    withheld: str,
    width: int,
    least: int,
    most: int | None,
    strict: bool,
) -> None:
    """Attack FILE as printed: which withheld cells can be worked out, and how.

    FILE is a long table as for `hearth disclose`, with its margins (Total) as they were printed.
    What the command prints was meant to be withheld: treat it so.
    """
    try:
        table = read_long_table(file, _names(dims), count, mark=withheld)
        above = read_hierarchy(hierarchy, table.dims, list(table.lines)) if hierarchy else {}
        found = attack(
            table.dims,
            table.counts,
            table.withheld,
            hierarchies=above,
            narrower_than=width,
            least=least,
            most=most,
        )
    except TableFault as fault:
        raise click.ClickException(f"{file.name}: {fault}") from fault
    _print_recovered(found, table, as_json)
    if strict and found:
        raise SystemExit(1)


def _print_recovered(found: list[Recovered], table: LongTable, as_json: bool) -> None:
    proven = [one for one in found if one.proven]
    doubtful = [one for one in found if not one.proven]
    exact = sum(one.exact for one in proven)
    narrow = len(proven) - exact
    if as_json:
        summary = {
            "withheld": len(table.withheld),
            "exact": exact,
            "narrow": narrow,
            "unproven": len(doubtful),
        }
        document = {
            "summary": summary,
            "recoverable": [_as_json(one, table.dims) for one in proven],
            "unproven": [dict(zip(table.dims, one.cell, strict=True)) for one in doubtful],
        }
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    for one in proven:
        value = str(one.low) if one.exact else f"{one.low} to {one.high}"
        click.echo(f"{', '.join(one.cell)}: {value}")
        for words in one.arithmetic:
            click.echo(f"    {words}")
    for one in doubtful:
        click.echo(f"{', '.join(one.cell)}: not proven safe, not proven told")
    click.echo(
        f"{len(table.withheld)} withheld, {exact} recovered exactly, {narrow} pinned closely"
        + (f", {len(doubtful)} not proven either way: treat them as told" if doubtful else ""),
        err=True,
    )


def _as_json(one: Recovered, dims: tuple[str, ...]) -> dict[str, Any]:
    told: dict[str, Any] = {"dims": dict(zip(dims, one.cell, strict=True)), "exact": one.exact}
    if one.exact:
        told["value"] = one.low
    else:
        told["interval"] = [one.low, one.high]
    return told | {"arithmetic": list(one.arithmetic)}
