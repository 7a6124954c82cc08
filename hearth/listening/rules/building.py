"""A sheet of questions while it is made: put one in, move it, take it out."""

from collections.abc import Mapping, Sequence
from typing import Any

from hearth.listening.rules.questions import Kind

Row = dict[str, Any]
MOST = 40


class Fault(Exception):
    """What is wrong, by a key that the form puts into words."""


def put(sheet: Sequence[Row], row: Mapping[str, Any], at: str = "") -> list[Row]:
    """Put a question in the place of the one called `at`, or at the end under a key of its own."""
    kept = [dict(one) for one in sheet]
    if at:
        return [{**row, "key": at} if one["key"] == at else one for one in kept]
    if len(kept) >= MOST:
        raise Fault("too_many")
    keys = {one["key"] for one in kept}
    key = row.get("key") or "q1"
    number = 1
    while key in keys:
        number += 1
        key = f"{row.get('key') or 'q'}{number}"
    added = {**row, "key": key}
    if added.get("if") and added["if"]["question"] not in keys:
        added.pop("if")  # the question it hung on has not come along
    if added.get("group") and any(one.get("group") for one in kept):
        added["group"] = False  # answers are told by one grouping alone
    return [*kept, added]


def move(sheet: Sequence[Row], key: str, by: int) -> list[Row]:
    """One place up or down; never above the question it hangs on."""
    kept = [dict(one) for one in sheet]
    here = next((n for n, one in enumerate(kept) if one["key"] == key), None)
    there = here + by if here is not None else -1
    if here is None or not 0 <= there < len(kept):
        return kept
    kept[here], kept[there] = kept[there], kept[here]
    return kept if _in_order(kept) else [dict(one) for one in sheet]


def remove(sheet: Sequence[Row], key: str) -> list[Row]:
    """Out, and what hung on it is asked of everybody."""
    kept = [dict(one) for one in sheet if one["key"] != key]
    for one in kept:
        if one.get("if", {}).get("question") == key:
            one.pop("if")
    return kept


def question_row(
    *, kind: str, words: dict[str, str], help_words: dict[str, str],
    options: dict[str, list[str]], scale: str, group: bool, only_if: Sequence[str],
    before: Mapping[str, Any] | None = None,
) -> Row:  # fmt: skip
    """A question as somebody typed it. `options` are lines by language, the first said in full.

    Where the answers are those that stood `before`, they keep their keys, values and faces.
    """
    row: Row = {"kind": kind, "words": words, "help": help_words}
    if kind != Kind.TEXT:
        row["options"] = _options(kind, options, (before or {}).get("options", []))
    if kind == Kind.SCALE and scale:
        row["scale"] = scale
    if kind == Kind.CHOICE and group:
        row["group"] = True
    asked = {told.partition(":")[0] for told in only_if}
    if len(asked) > 1:
        raise Fault("two_conditions")
    if asked:
        row["if"] = {
            "question": asked.pop(),
            "options": [told.partition(":")[2] for told in only_if],
        }
    for kept in ("shared", "reverse"):
        if before and before.get(kept):
            row[kept] = before[kept]
    return row


def _options(kind: str, lines: dict[str, list[str]], before: Sequence[Row]) -> list[Row]:
    first = max(lines.values(), key=len, default=[])
    if len(first) < 2:
        raise Fault("two_options")
    if any(said and len(said) != len(first) for said in lines.values()):
        raise Fault("uneven_options")
    rows = []
    for n in range(len(first)):
        words = {language: said[n] for language, said in lines.items() if said}
        row: Row = {"key": str(n + 1), "words": words}
        if kind == Kind.SCALE:
            row["value"] = n + 1
        if len(before) == len(first):
            row |= {key: before[n][key] for key in ("key", "value", "face") if key in before[n]}
        rows.append(row)
    return rows


def _in_order(sheet: Sequence[Row]) -> bool:
    seen: set[str] = set()
    for row in sheet:
        if row.get("if") and row["if"]["question"] not in seen:
            return False
        seen.add(row["key"])
    return True
