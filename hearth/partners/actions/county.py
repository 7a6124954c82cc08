"""The verbs of the county's export: make it, let a reader fetch it, and stop that again."""

import hashlib
import json
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.kit import signing
from hearth.kit.sheets import as_csv
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import CountyExport, CountyReader, Organization, RowKey
from hearth.partners.models.link import hash_of
from hearth.partners.reading import county as reading
from hearth.partners.reading.sharing import under
from hearth.partners.rules import county as rules

HEADINGS = ("key", *rules.COLUMNS, "stands")


@transaction.atomic
def make(*, organization: Organization, by: User) -> CountyExport:
    """Every referral that can be told without telling whose it is, as a signed file."""
    today = timezone.localdate()
    # Two at once would each give the same referral a key.
    locked: Organization = Organization.objects.select_for_update().get(pk=organization.pk)
    refusal = reading.may_send(locked, today)
    agreement = under(locked, reading.ASKED, reading.PURPOSE, today)
    if refusal or agreement is None:
        raise NotAllowed(refusal.words if refusal else "")
    least = rules.least_students(today)
    found, known = reading.referrals(), reading.told_before(locked)
    fresh = reading.new_rows(
        found, known, today, language=reading.with_language(locked, today)
    )  # fmt: skip
    told, withheld = rules.settle(fresh, least)
    keys = [
        RowKey(
            district_id=locked.district_id, organization=locked, referral_id=pk,
            told=facts.as_told(),
        )
        for pk, facts in told.items()
    ]  # fmt: skip
    stands = {row["pk"]: rules.outcome(row["state"], row["met"]) for row in found}
    # By the random key: the order in which they were asked stays here.
    lines = sorted(
        (str(one.key), *(one.told[name] for name in rules.COLUMNS), stands[one.referral_id])
        for one in [*known.values(), *keys]
    )
    table, count = as_csv(HEADINGS, lines)
    few = rules.about(withheld, least)
    manifest = _manifest(locked, table, count, few, least)
    try:
        signature = signing.sign(settings.HEARTH.data, manifest.encode())
    except signing.NoKey:
        raise NotAllowed(
            _("There is no key yet to sign with. Whoever runs Hearth makes it: %(command)s.")
            % {"command": "hearth make-signing-key"}
        ) from None
    made = CountyExport.objects.create(
        district_id=locked.district_id, organization=locked, agreement=agreement, made_by=by,
        rows=count, withheld=few, least=least, table=table, manifest=manifest, signature=signature,
    )  # fmt: skip
    for one in keys:
        one.first_told = made
    RowKey.objects.bulk_create(keys)
    record("county export made", made, district_id=made.district_id, by=by,
           facts={"rows": count, "new": len(keys), "withheld": few})  # fmt: skip
    return made


def _manifest(
    organization: Organization, table: bytes, rows: int, withheld: str, least: int
) -> str:  # fmt: skip
    facts = {
        "format": "hearth-county-export/1",
        "district": organization.district.name,
        "for": organization.name,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "cumulative": True,
        "rows": rows,
        "rows_withheld": withheld,
        "smallest_group_of_students": least,
        "columns": list(HEADINGS),
        "files": {"referrals.csv": {"sha256": hashlib.sha256(table).hexdigest()}},
    }
    return json.dumps(facts, indent=2, ensure_ascii=False) + "\n"


@transaction.atomic
def let_read(
    *, organization: Organization, name: str, expires_on: date, by: User
) -> tuple[CountyReader, str]:
    """A token for somebody at the county. It is shown once, and only its hash stays."""
    today = timezone.localdate()
    if (refusal := reading.may_send(organization, today)) is not None:
        raise NotAllowed(refusal.words)
    if not today < expires_on <= today + timedelta(days=366):
        raise NotAllowed(_("Choose a last day within a year."))
    token = secrets.token_urlsafe(32)
    reader = CountyReader.objects.create(
        district_id=organization.district_id, organization=organization, name=name.strip(),
        token_hash=hash_of(token), expires_on=expires_on, made_by=by,
    )  # fmt: skip
    record("county reader made", reader, district_id=reader.district_id, by=by)
    return reader, token


@transaction.atomic
def revoke(*, reader: CountyReader, by: User) -> CountyReader:
    """From now on this token opens nothing."""
    locked: CountyReader = CountyReader.objects.select_for_update().get(pk=reader.pk)
    if locked.revoked_at is None:
        locked.revoked_at, locked.revoked_by = timezone.now(), by
        locked.save(update_fields=["revoked_at", "revoked_by"])
        record("county reader revoked", locked, district_id=locked.district_id, by=by)
    return locked
