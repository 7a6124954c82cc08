"""From a checked bundle to temporary tables: what the file says, ready to be compared.

A frame goes to PostgreSQL as CSV in large pieces through COPY; no row ever passes through Python.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO

import polars as pl
from django.db import connection

from hearth.imports.oneroster import Frames

PIECE = 50_000
POST = ("source_id", "line", "gone", "title", "school_source")
ALWAYS = {"source_id": "text", "line": "bigint", "gone": "boolean"}


@dataclass(frozen=True)
class Stage:
    """One temporary table: which file decides about it, its columns, and where they come from."""

    name: str
    stem: str
    columns: dict[str, str]
    shape: Callable[[Frames], pl.DataFrame | None]
    longest: dict[str, int]


def _schools(frames: Frames) -> pl.DataFrame | None:
    if frames.orgs is None:
        return None
    digits = pl.col("code").str.contains(r"^\d{14}$")
    return frames.orgs.filter(pl.col("kind") == "school").with_columns(
        cds_code=pl.when(digits).then(pl.col("code"))
    )


def _people(frames: Frames) -> pl.DataFrame | None:
    if frames.people is None:
        return None
    # A way of reaching that we do not know is the same as none said.
    ways = ["sms", "email", "phone", "paper", "whatsapp"]
    reach = pl.col("reach_by").str.to_lowercase()
    return frames.people.with_columns(
        phone=pl.coalesce("phone", "sms"),
        reach_by=pl.when(reach.is_in(ways)).then(reach),
        school_source=pl.col("school"),
    )


def _posts(frames: Frames) -> pl.DataFrame | None:
    """Who works where, one row a person: their own post first, then those in roles.csv.

    A person without any role in the file is here, too, so that a post they hold is left alone.
    """
    posts = []
    if frames.people is not None:
        own = frames.people.filter((pl.col("kind") == "staff") | pl.col("kind").is_null())
        posts.append(own.select("source_id", "line", "gone", title="role", school_source="school"))
    if frames.staff_roles is not None:
        held = frames.staff_roles.filter(pl.col("person").is_not_null() & ~pl.col("gone"))
        posts.append(
            held.select(
                "line", "gone", source_id="person", title="role", school_source="org"
            ).select(POST)
        )
    if not posts:
        return None
    return pl.concat(posts).unique("source_id", keep="first", maintain_order=True)


def _section_terms(frames: Frames) -> pl.DataFrame | None:
    if frames.sections is None:
        return None
    return (
        frames.sections.filter(~pl.col("gone"))
        .select("source_id", "line", "gone", session="terms")
        .explode("session")
        .filter(pl.col("session").is_not_null())
    )


def _sections(frames: Frames) -> pl.DataFrame | None:
    if frames.sections is None:
        return None
    only = pl.col("grades").list.len() == 1
    return frames.sections.with_columns(
        grade=pl.when(only).then(pl.col("grades").list.first()), school_source=pl.col("school")
    )


def _demographics(frames: Frames) -> pl.DataFrame | None:
    if frames.demographics is None:
        return None
    sorted_races = pl.col("races").list.sort().list.join(",")
    return frames.demographics.with_columns(
        races=pl.concat_str(pl.lit("{"), sorted_races, pl.lit("}"))
    )


STAGES = (
    Stage("schools", "orgs", {"name": "text", "cds_code": "text"}, _schools, {"name": 200}),
    Stage(
        "sessions",
        "academicSessions",
        {"title": "text", "kind": "text", "starts": "date", "ends": "date"},
        lambda frames: frames.sessions,
        {"title": 200},
    ),
    Stage(
        "people",
        "users",
        {
            **dict.fromkeys(
                [
                    "kind",
                    "given_name",
                    "middle_name",
                    "family_name",
                    "preferred_name",
                    "pronouns",
                    "email",
                    "phone",
                    "identifier",
                    "grade",
                    "school_source",
                    "home_language",
                    "reach_by",
                ],
                "text",
            ),
            "interpreter_needed": "boolean",
        },
        _people,
        {
            "given_name": 200,
            "middle_name": 200,
            "family_name": 200,
            "preferred_name": 200,
            "pronouns": 40,
            "email": 254,
            "phone": 60,
            "identifier": 60,
            "home_language": 20,
        },
    ),
    Stage("posts", "users", {"title": "text", "school_source": "text"}, _posts, {}),
    Stage(
        "guardianships",
        "users",
        {"student": "text", "guardian": "text", "relationship": "text"},
        lambda frames: frames.guardianships,
        {"relationship": 40},
    ),
    Stage(
        "sections",
        "classes",
        dict.fromkeys(["title", "code", "course_title", "kind", "grade", "school_source"], "text"),
        _sections,
        {"title": 200, "code": 100, "course_title": 200},
    ),
    Stage("section_terms", "classes", {"session": "text"}, _section_terms, {}),
    Stage(
        "members",
        "enrollments",
        {"section": "text", "person": "text", "role": "text", "starts": "date", "ends": "date"},
        lambda frames: frames.memberships,
        {},
    ),
    Stage(
        "identities",
        "demographics",
        {"birth_date": "date", "gender": "text", "hispanic": "boolean", "races": "varchar[]"},
        _demographics,
        {},
    ),
)


def texts_without_room(frames: Frames) -> list[tuple[str, int, str, int]]:
    """File, line, column and limit of each text that has no room in its table."""
    found: list[tuple[str, int, str, int]] = []
    for stage in STAGES:
        frame = stage.shape(frames)
        if frame is None:
            continue
        for column, limit in {"source_id": 255, **stage.longest}.items():
            wrong = frame.filter(pl.col(column).str.len_bytes() > limit)
            if wrong.height:
                wrong = wrong.filter(pl.col(column).str.len_chars() > limit)
            lines = wrong["line"].head(1000).to_list()
            found += [(f"{stage.stem}.csv", line, column, limit) for line in lines]
    return found


def stage_all(frames: Frames, step: Callable[[str], None]) -> dict[str, set[str]]:
    """Fill the temporary tables; give back which columns of each the file really carries."""
    return {stage.name: _stage(stage, frames, step) for stage in STAGES}


def _stage(stage: Stage, frames: Frames, step: Callable[[str], None]) -> set[str]:
    step(stage.name)
    columns = {**ALWAYS, **stage.columns}
    frame = stage.shape(frames)
    if frame is None:
        frame = pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    copy_frame(f"staged_{stage.name}", frame, columns)
    return {name for name in columns if frame[name].null_count() < frame.height}


def copy_frame(
    table: str, frame: pl.DataFrame, columns: dict[str, str], own: dict[str, str] | None = None
) -> None:
    """Make a temporary table, with these columns and kinds, of a frame; `own` fill themselves."""
    slices = (frame.slice(start, PIECE) for start in range(0, frame.height, PIECE))
    copy_pieces(table, slices, columns, own)


def copy_pieces(
    table: str,
    pieces: Iterable[pl.DataFrame],
    columns: dict[str, str],
    own: dict[str, str] | None = None,
) -> None:
    """The same of many frames, one after another, none of them held for longer than it takes."""
    described = ", ".join(f'"{name}" {kind}' for name, kind in {**columns, **(own or {})}.items())
    filled = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {table} ({described}) ON COMMIT DROP")
        with cursor.copy(f"COPY {table} ({filled}) FROM STDIN (FORMAT csv)") as copy:
            for frame in pieces:
                piece = BytesIO()
                frame.select(list(columns)).write_csv(piece, include_header=False)
                copy.write(piece.getbuffer())
        # The joins ask about the first column, the key, and about nothing else.
        cursor.execute(f"ANALYZE {table} ({next(iter(columns))})")
