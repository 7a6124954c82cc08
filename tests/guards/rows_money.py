"""One row of what Rosa keeps about money, of what Priya sends to the county, of a visit."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from hearth.partners.actions import county as sending
from hearth.partners.actions import funding, log
from hearth.partners.models import ReferralOut
from tests.cast import Cast
from tests.partners.county import SOON, county, with_key
from tests.partners.helping import VISIT


def with_money(cast: Cast) -> dict[str, dict[str, Any]]:
    """Rosa's own post, paid for by a grant."""
    starts = date(2020, 7, 1)
    said = {"name": "Grant", "given_by": "The state", "starts": starts, "ends": None}
    grant = funding.write_source(said=said, by=cast.rosa)
    post = funding.write_funded(by=cast.rosa, school=cast.cottonwood, position="Coordinator")
    funding.split(funded=post, starts=starts, parts={grant.pk: Decimal(100)}, by=cast.rosa)
    return {"funding/sources/": {"pk": grant.pk}, "funding/of/": {"pk": post.pk}}


def for_the_county(cast: Cast) -> dict[str, dict[str, Any]]:
    """A file that Priya made, and a token of theirs; nobody of the cast holds it."""
    with_key()
    office, _signed = county(cast)
    export = sending.make(organization=office, by=cast.priya)
    reader, _token = sending.let_read(
        organization=office, name="Data team", expires_on=timezone.localdate() + SOON, by=cast.priya
    )
    return {
        "county/exports/": {"pk": export.pk},
        "county/readers/": {"pk": reader.pk},
        "api/": {"district": cast.alder.slug, "pk": export.pk},
    }


def with_a_visit(cast: Cast) -> dict[str, dict[str, Any]]:
    """Rosa wrote down when Diego was at the clinic today."""
    out = ReferralOut.objects.get(student=cast.diego)
    given = log.write(out=out, said=VISIT | {"day": timezone.localdate()}, by=cast.rosa)
    return {"out/log/": {"pk": given.pk}}
