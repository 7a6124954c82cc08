"""The door of a partner's link. Whatever stands behind it asks here first: `open_link`.

A stranger with a forwarded address learns one thing: that a code goes to somebody else's mailbox.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest
from hearth.audit.models import Look
from hearth.kit.notices import tell
from hearth.partners.actions import link as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.forms.link import CodeForm
from hearth.partners.models import Link, LinkCode
from hearth.partners.reading.link import is_let_in
from hearth.partners.rules.dated import setting
from hearth.partners.rules.link import Standing, Verdict, masked

GONE = 410


def open_link(request: PageRequest, secret: str, purpose: str) -> Link | HttpResponse:
    """The link, once this browser was let in; until then the page that lets it in, or says that the
    link is dead and whom to call. Its forms are posted to the address itself."""
    link: Link | None = Link.objects.with_secret(secret).filter(purpose=purpose).first()
    if link is None:
        return render(request, "partners/link_dead.html", {"link": None}, status=404)
    standing = link.standing(timezone.localdate())
    if standing != Standing.GOOD:
        _note(request, link, "", f"dead: {standing.value}")
        facts = {"link": link, "standing": standing.value}
        return render(request, "partners/link_dead.html", facts, status=GONE)
    if is_let_in(link, request.COOKIES.get(_cookie(link))):
        _note(request, link, link.contact.name, "let in by a code")
        return link
    if request.method == "POST" and "send" in request.POST:
        return _send(request, link)
    if request.method == "POST" and "code" in request.POST:
        return _try(request, link)
    _note(request, link, "", "asked for a code")
    return _ask(request, link, CodeForm())


def _send(request: PageRequest, link: Link) -> HttpResponse:
    try:
        actions.ask_code(link=link)
    except NotAllowed as refusal:
        tell(request, str(refusal), tone="attention")
    return redirect(request.path)


def _try(request: PageRequest, link: Link) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        verdict, browser = actions.try_code(link=link, typed=form.cleaned_data["code"])
        if verdict == Verdict.RIGHT:
            return _let_in(request, link, browser)
        form.add_error("code", _words(verdict))
    return _ask(request, link, form)


def _let_in(request: HttpRequest, link: Link, browser: str) -> HttpResponseRedirect:
    answer = HttpResponseRedirect(request.path)
    hours = setting("browser_hours", timezone.localdate())
    answer.set_cookie(
        _cookie(link), browser, max_age=hours * 3600, path="/partner/", httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return answer


def _ask(request: PageRequest, link: Link, form: CodeForm) -> HttpResponse:
    """The page before the door. It says neither who nor what the link is about."""
    newest = LinkCode.objects.filter(link=link).order_by("-asked_at", "-pk").first()
    minutes = setting("code_minutes", timezone.localdate())
    held = newest is not None and newest.used_at is None
    recent = held and (timezone.now() - newest.asked_at).total_seconds() < minutes * 60  # type: ignore[union-attr]
    facts = {
        "form": form, "sent": recent or form.is_bound, "minutes": minutes,
        "address": masked(link.contact.email), "district": link.district,
    }  # fmt: skip
    return render(request, "partners/link_code.html", facts)


def _words(verdict: Verdict) -> str:
    return {
        Verdict.WRONG: _("That is not the code. Look again at the newest letter from us."),
        Verdict.NOT_SENT: _("No code is there yet. Ask for one, and wait for the letter."),
        Verdict.TOO_OLD: _("This code is too old. Ask for a new one."),
        Verdict.USED: _("This code was used already. Ask for a new one."),
        Verdict.TOO_MANY: _("That was wrong too often. Ask for a new code."),
    }[verdict]


def _cookie(link: Link) -> str:
    return f"partner_{link.pk}"


def _note(request: PageRequest, link: Link, who: str, why: str) -> None:
    """Each opening is written down, without the secret; the gate stores it with the page."""
    request.looks.append(
        Look(
            district_id=link.district_id, by=None, by_name=who or "somebody with the link",
            about=link._meta.label_lower, about_id=link.pk, page="partner link", why=why,
        )
    )  # fmt: skip
