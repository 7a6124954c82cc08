"""Rows with what hangs on them, in one question to the database."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Aggregate, F, ManyToOneRel, Model, OuterRef, QuerySet, Value
from django.db.models.functions import JSONObject


def with_related(rows: QuerySet[Any], *names: str) -> list[Any]:
    """Like `prefetch_related`, for relations of a few rows each: they come as a column of their
    row, and stand afterwards where `row.name.all()` looks for them, in the table's own order."""
    relations = [_relation(rows.model, name) for name in names]
    found = list(rows.annotate(**{f"_{one.name}": _as_column(one) for one in relations}))
    for row in found:
        for one in relations:
            _put(row, one)
    return found


def in_one_row(rows: QuerySet[Any], **counted: Aggregate) -> QuerySet[Any, dict[str, Any]]:
    """Like `aggregate`, but not asked yet: one row, also where there is nothing to count; none
    for whoever Django knows to see nothing."""
    whole = rows.order_by().values(_whole=Value(1)).annotate(**counted)
    one: QuerySet[Any, dict[str, Any]] = whole.values(*counted)
    return one


def _relation(model: type[Model], name: str) -> ManyToOneRel:
    relation = model._meta.get_field(name)
    if not isinstance(relation, ManyToOneRel):
        raise TypeError(f"{name} is not a set of rows that point here")
    return relation


def _as_column(relation: ManyToOneRel) -> ArraySubquery:
    table: Any = relation.related_model
    own = table._default_manager.filter(**{relation.field.name: OuterRef("pk")})
    own = own.order_by(*(table._meta.ordering or ["pk"]))
    columns = {field.attname: F(field.attname) for field in table._meta.concrete_fields}
    return ArraySubquery(own.values(row=JSONObject(**columns)))


def _put(row: Any, relation: ManyToOneRel) -> None:
    table: Any = relation.related_model
    fields = table._meta.concrete_fields
    related = []
    for told in row.__dict__.pop(f"_{relation.name}"):
        values = [field.to_python(told[field.attname]) for field in fields]
        one = table.from_db(row._state.db, [field.attname for field in fields], values)
        relation.field.set_cached_value(one, row)
        related.append(one)
    kept = getattr(row, relation.get_accessor_name() or relation.name).get_queryset()
    kept._result_cache, kept._prefetch_done = related, True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[relation.name] = kept
