"""One row of what Rosa keeps about money, for each address under `funding/`."""

from datetime import date
from decimal import Decimal
from typing import Any

from hearth.partners.actions import funding
from tests.cast import Cast


def with_money(cast: Cast) -> dict[str, dict[str, Any]]:
    """Rosa's own post, paid for by a grant."""
    starts = date(2020, 7, 1)
    said = {"name": "Grant", "given_by": "The state", "starts": starts, "ends": None}
    grant = funding.write_source(said=said, by=cast.rosa)
    post = funding.write_funded(by=cast.rosa, school=cast.cottonwood, position="Coordinator")
    funding.split(funded=post, starts=starts, parts={grant.pk: Decimal(100)}, by=cast.rosa)
    return {"funding/sources/": {"pk": grant.pk}, "funding/of/": {"pk": post.pk}}
