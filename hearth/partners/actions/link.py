"""The verbs of a partner's link: ask for a code, try one, revoke."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.kit.spoken import house_language
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Link, LinkCode
from hearth.partners.models.link import hash_of
from hearth.partners.rules.dated import setting
from hearth.partners.rules.link import Verdict, digits, judge
from hearth.partners.tasks.link import code_hash, send_code

ON_ITS_WAY = timedelta(seconds=45)
"""Whoever presses twice wants one code, not two."""


@transaction.atomic
def ask_code(*, link: Link) -> LinkCode:
    """Send six digits to the known address. Only the newest code counts."""
    now, today = timezone.now(), timezone.localdate()
    Link.objects.select_for_update().get(pk=link.pk)  # two presses, one after the other
    lately = list(
        LinkCode.objects.filter(link=link, asked_at__gt=now - timedelta(hours=1)).order_by(
            "-asked_at", "-pk"
        )
    )
    if lately and not lately[0].tries and not lately[0].used_at:
        newest = lately[0]
        if newest.asked_at > now - ON_ITS_WAY:
            return newest
    if len(lately) >= setting("codes_an_hour", today):
        raise NotAllowed(_("We have sent many codes already. Wait an hour and ask again."))
    asked: LinkCode = LinkCode.objects.create(district_id=link.district_id, link=link)
    record("link code asked", link, district_id=link.district_id, by=None)
    send_code.defer(code_id=asked.pk, district_id=link.district_id)
    return asked


@transaction.atomic
def try_code(*, link: Link, typed: str) -> tuple[Verdict, str]:
    """What comes of it, and the secret with which this browser stays let in; empty if it is not."""
    today = timezone.localdate()
    code = (
        LinkCode.objects.select_for_update().filter(link=link).order_by("-asked_at", "-pk").first()
    )
    if code is None:
        return Verdict.NOT_SENT, ""
    same = bool(code.code_hash) and constant_time_compare(
        code.code_hash, code_hash(code, digits(typed))
    )
    verdict = judge(
        code.as_sent, same, timezone.now(),
        minutes=setting("code_minutes", today), tries=setting("code_tries", today),
    )  # fmt: skip
    if verdict == Verdict.RIGHT:
        browser = secrets.token_urlsafe(32)
        code.used_at, code.browser_hash = timezone.now(), hash_of(browser)
        code.save(update_fields=["used_at", "browser_hash"])
        record("link opened", link, district_id=link.district_id, by=None)
        return verdict, browser
    record("link code refused", link, district_id=link.district_id, by=None,
           facts={"because": verdict.value})  # fmt: skip
    if verdict == Verdict.WRONG:
        code.tries += 1
        code.save(update_fields=["tries"])
        _close_if_guessed(link, setting("wrong_codes_at_most", today))
        if code.tries >= setting("code_tries", today):
            return Verdict.TOO_MANY, ""
    return verdict, ""


def _close_if_guessed(link: Link, at_most: int) -> None:
    wrong = LinkCode.objects.filter(link=link).aggregate(wrong=Sum("tries"))["wrong"] or 0
    if wrong >= at_most:
        with translation.override(house_language(link.asked_by.language)):
            _revoke(link, _("Too many wrong codes were typed."), None)


@transaction.atomic
def revoke(*, link: Link, why: str, by: User) -> None:
    """From now on the address leads nowhere. Whoever has it reads whom to call."""
    if not why.strip():
        raise NotAllowed(_("Write why it is revoked."))
    locked = Link.objects.select_for_update().get(pk=link.pk)
    if locked.revoked_at is None:
        _revoke(locked, why.strip(), by)


def _revoke(link: Link, why: str, by: User | None) -> None:
    link.revoked_at, link.revoked_by, link.revoked_why = timezone.now(), by, why
    link.save(update_fields=["revoked_at", "revoked_by", "revoked_why"])
    record("link revoked", link, district_id=link.district_id, by=by)
