"""A query that is written once for each kind of reader, and asked with the keys of each request.

To put a page's queries together costs Django several times what the database needs to answer
them, and between two coordinators of one school each nothing differs but their keys. So a function
under `@written_once` builds its queryset with stand-ins for the user, for their schools and for
other keys; the text that comes out is kept for the process, and each call puts its own keys in.

Only text is kept: never a row, never whom it was for. What a user holds today is read anew in
every request, and is what the text is looked up by: roles, each with the place of its school among
their schools, their own and the administrator's who looks through their eyes; the day, the
language, and every argument that is no key. What a person typed comes as `Typed`: it goes into the
question like a key, where anything else would be kept with the text.

A build may ask of a user nothing but these, and of a key nothing but where it goes: the stand-in
has no name, address or language, and to ask for one is to read, which is refused. Whatever is
refused is built where it is asked, as if nothing were kept. In the tests each call is also built
the plain way, and both must come out the same (tests/conftest.py).
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from functools import update_wrapper
from typing import Any, ClassVar, Generic, NoReturn, ParamSpec, TypeVar
from weakref import WeakSet

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from hearth.access.models import User
from hearth.access.standing import Standing

Asked = ParamSpec("Asked")
Row = TypeVar("Row")
Statement = tuple[str, tuple[Any, ...]]
log = logging.getLogger(__name__)

# No key comes near, and none stands in for two things.
FIRST = 4_611_686_018_000_000_000
MARK = "4611686018"
SHAPES_KEPT = 200
# What an argument may be besides a user, a key and a tuple of these.
PLAIN = (str, bool, date, range, Enum, type(None))


class Typed(str):
    """What somebody typed, to be asked for as one value and not kept. Blank is blank."""


class NotWrittenOnce(Exception):
    """The queryset depends on more than its text and keys; build it where it is asked."""


@dataclass
class StandIns:
    """The keys of one call, each once, and what stands for them in the text."""

    keys: dict[tuple[str, Any], Any] = field(default_factory=dict)

    def for_key(self, kind: str, key: int) -> int:
        if not 0 < key < FIRST:
            raise NotWrittenOnce("no row has this key, and Django knows it")
        found: int = self.keys.setdefault((kind, key), FIRST + len(self.keys))
        return found

    def for_typed(self, words: str) -> str:
        found: str = self.keys.setdefault(("typed", words), f"{MARK}:{len(self.keys)}")
        return found

    def for_user(self, user: User) -> User:
        """Somebody who holds the same roles, and has nothing else of this user: every other column
        is one that was not read, so that a build that asks for it is refused."""
        keys = self.for_key("user", user.pk), self.for_key("district", user.district_id)
        stand_in = User.from_db("default", ["id", "district_id"], keys)
        stand_in.standing = Standing(
            tuple(
                replace(post, school_id=post.school_id and self.for_key("school", post.school_id))
                for post in user.standing.posts
            )
        )
        stand_in.viewed_by = user.viewed_by and self.for_user(user.viewed_by)
        return stand_in

    def for_value(self, value: Any) -> Any:
        """Users and numbers are keys, and so is what stands in a tuple. The rest is said as it is:
        a number that is no key must come as part of something else."""
        if isinstance(value, User):
            return self.for_user(value)
        if isinstance(value, tuple):
            return tuple(self.for_value(each) for each in value)
        if isinstance(value, Typed):
            return self.for_typed(str(value)) if value else ""
        if type(value) is int:
            return self.for_key("key", value)
        if not isinstance(value, PLAIN) or isinstance(value, datetime):
            raise NotWrittenOnce(f"{value.__class__.__name__} is no key, and too many for a shape")
        return value

    def real(self) -> dict[Any, Any]:
        return {stand_in: key for (_kind, key), stand_in in self.keys.items()}


def _shape(value: Any) -> Any:
    """The same for arguments whose text is the same. With its kind, for yes is not 1."""
    if isinstance(value, User):
        seen_by = value.viewed_by and _shape(value.viewed_by)
        return User, value.pk, value.district_id, value.standing.posts, seen_by
    return type(value), tuple(map(_shape, value)) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class Text:
    """One queryset as text, with stand-ins where the keys go."""

    rows: QuerySet[Any, Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]

    def with_keys(self, real: dict[Any, Any]) -> Statement:
        return self.sql, tuple(_put(value, real) for value in self.params)

    def asked(self, real: dict[Any, Any]) -> list[Any]:
        """The rows, made by Django from the answer as it makes them from any query's."""
        statement = self.with_keys(real)
        compiler, query = copy(self.compiler), copy(self.rows.query)
        compiler.connection = connections[self.rows.db]
        compiler.as_sql = lambda *args, **kwargs: statement
        query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        rows: Any = QuerySet(self.rows.model, query=query, using=self.rows.db)
        rows._iterable_class = self.rows._iterable_class
        rows._fields = self.rows._fields  # type: ignore[attr-defined]
        return list(rows)


def _put(value: Any, real: dict[Any, Any]) -> Any:
    if isinstance(value, list | tuple):
        return type(value)(_put(each, real) for each in value)
    if isinstance(value, str):
        return real.get(value, value)
    # A number may come in a class that tells PostgreSQL its width, and keeps it.
    return type(value)(real[value]) if isinstance(value, int) and value in real else value


class WrittenOnce(Generic[Asked, Row]):
    """Called like the function it stands for; the answer is the rows, so that nothing can be added
    to a query whose text is fixed."""

    everyone: ClassVar["WeakSet[WrittenOnce[..., Any]]"] = WeakSet()

    def __init__(self, build: Callable[Asked, QuerySet[Any, Row]]) -> None:
        self.build = build
        self.kept: dict[Any, Text | None] = {}
        self.kept_on: date | None = None
        update_wrapper(self, build)
        self.everyone.add(self)

    def __call__(self, *args: Asked.args, **kwargs: Asked.kwargs) -> list[Row]:
        try:
            text, real = self._text(args, kwargs)
        except NotWrittenOnce as refused:
            log.warning("%s is built where it is asked: %s", self.build.__qualname__, refused)
            text, real = None, {}
        return text.asked(real) if text else list(self.build(*args, **kwargs))

    def statement(self, *args: Asked.args, **kwargs: Asked.kwargs) -> Statement | None:
        """What would be asked; nothing, where no row can answer."""
        text, real = self._text(args, kwargs)
        return text.with_keys(real) if text else None

    def _text(self, args: Any, kwargs: Any) -> tuple[Text | None, dict[Any, Any]]:
        """Kept for the day: a build may ask which day it is. Yesterday's texts are let go."""
        stand_ins = StandIns()
        stood = [stand_ins.for_value(value) for value in (*args, *kwargs.values())]
        today, names = timezone.localdate(), tuple(kwargs)
        shape = (today, get_language(), names, *map(_shape, stood))
        kept = self.kept  # another thread may put an empty one in its place
        if shape not in kept:
            if self.kept_on != today or len(kept) >= SHAPES_KEPT:
                self.kept, self.kept_on = {}, today
                kept = self.kept
            kept[shape] = self._written(stood, names, stand_ins)
        return kept[shape], stand_ins.real()

    def _written(
        self, stood: list[Any], names: tuple[str, ...], stand_ins: StandIns
    ) -> Text | None:
        """Nothing, where Django finds that no row can answer: it says so fast enough by itself."""
        build: Callable[..., QuerySet[Any, Row]] = self.build
        first = len(stood) - len(names)
        with ExitStack() as reads_nothing:
            for connection in connections.all():
                reads_nothing.enter_context(connection.execute_wrapper(_refuse))
            rows = build(*stood[:first], **dict(zip(names, stood[first:], strict=True)))
        if rows._known_related_objects or rows._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise NotWrittenOnce("rows that hang on an object, or bring others after them")
        compiler = rows.query.get_compiler(rows.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        text = Text(rows, compiler, sql, tuple(params))
        _check(text, stand_ins)
        return text


def _check(text: Text, stand_ins: StandIns) -> None:
    """Each key stands in the text whole, as a value of its own, or this query is not for us."""
    found = {value for value in _values(text.params) if isinstance(value, int | str)}
    lost = [name for name, stand_in in stand_ins.keys.items() if stand_in not in found]
    if any(kind in ("key", "typed") for kind, _key in lost):
        raise NotWrittenOnce("a key does not stand in the text")
    known = set(stand_ins.keys.values())
    hidden = [
        value
        for value in _values(text.params)
        if MARK in str(value) and not (isinstance(value, int | str) and value in known)
    ]
    if hidden or MARK in text.sql:
        raise NotWrittenOnce("a key is part of another value")


def _values(params: Sequence[Any]) -> Iterator[Any]:
    for value in params:
        if isinstance(value, list | tuple):
            yield from _values(value)
        else:
            yield value


def _refuse(*_args: Any) -> NoReturn:
    raise NotWrittenOnce("a query that is written once reads nothing while it is built")


def forget() -> None:
    """Let every kept text go, as a new process would."""
    for written in WrittenOnce.everyone:
        written.kept = {}


def written_once(build: Callable[Asked, QuerySet[Any, Row]]) -> WrittenOnce[Asked, Row]:
    return WrittenOnce(build)
