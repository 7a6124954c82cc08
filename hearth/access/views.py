"""Pages about oneself, about who belongs to the school, and about looking through others' eyes."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.i18n import set_language

from hearth.access import actions
from hearth.access import session as sessions
from hearth.access.forms import InviteForm
from hearth.access.gate import PageRequest, open_page, page
from hearth.access.models import Membership, User
from hearth.access.passwords import has_second_factor
from hearth.access.permissions import May
from hearth.access.roles import ROLES
from hearth.access.rules import NotAllowed, may_invite
from hearth.kit.notices import tell


@page(May.SIGN_IN, own_eyes=True)
def me(request: PageRequest) -> HttpResponse:
    """Who am I here, and how do I sign in?"""
    held = Membership.objects.current().filter(user=request.user).select_related("school")
    return render(
        request,
        "access/me.html",
        {
            "posts": [(ROLES[row.role], row.school) for row in held.order_by("pk")],
            "has_second_factor": has_second_factor(request.user),
            "has_password": request.user.has_usable_password(),
        },
    )


@open_page(methods=("POST",))
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language: with the person if we know them, and on this device."""
    if request.user.is_authenticated:
        actions.choose_language(user=request.user, language=request.POST.get("language", ""))
    return set_language(request)


@page(May.SIGN_IN, methods=("GET", "POST"), own_eyes=True)
def session(request: PageRequest) -> JsonResponse:
    """GET says when the session ends; POST prolongs it."""
    ends = (
        sessions.renew(request) if request.method == "POST" else request.session.get_expiry_date()
    )
    return JsonResponse(
        {"ends": int(ends.timestamp()), "seconds_left": sessions.seconds_until(ends)}
    )


@page(May.INVITE)
def members(request: PageRequest) -> HttpResponse:
    """Who belongs here, and who has not come in yet?"""
    rows = (
        Membership.objects.current()
        .visible_to(request.user)
        .select_related("user", "school")
        .order_by("user__name", "pk")
    )
    asked = request.GET.get("q", "").strip()
    if asked:
        rows = rows.filter(Q(user__name__icontains=asked) | Q(user__email__icontains=asked))
    shown = Paginator(rows, 50).get_page(request.GET.get("page"))
    posts = request.user.standing.posts
    may_change = {
        row.pk
        for row in shown
        if row.user_id != request.user.pk
        and may_invite(posts, role=row.role, school_id=row.school_id)
    }
    facts = {"shown": shown, "asked": asked, "may_change": may_change}
    return render(request, "access/members.html", facts)


@page(May.INVITE, methods=("GET", "POST"))
def invite(request: PageRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            invited = actions.invite(**form.cleaned_data, by=request.user)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, _("An invitation is on its way to %s.") % invited.user.email)
            return redirect("access:members")
    return render(request, "access/invite.html", {"form": form})


@page(May.INVITE, methods=("POST",))
def resend(request: PageRequest, pk: int) -> HttpResponse:
    return _on_membership(
        request, pk, actions.resend_invitation, _("A new link is on its way to %s.")
    )


@page(May.INVITE, methods=("POST",))
def end(request: PageRequest, pk: int) -> HttpResponse:
    return _on_membership(
        request, pk, actions.end_membership, _("%s no longer has this role."),
        undo=reverse("access:restore", args=[pk]),
    )  # fmt: skip


@page(May.INVITE, methods=("POST",))
def restore(request: PageRequest, pk: int) -> HttpResponse:
    return _on_membership(request, pk, actions.restore_membership, _("%s has this role again."))


def _on_membership(
    request: PageRequest, pk: int, verb: Callable[..., None], done: str, undo: str = ""
) -> HttpResponse:
    """Do one thing to one membership that this person looks after, and say so."""
    membership = get_object_or_404(
        Membership.objects.visible_to(request.user).select_related("user", "school"), pk=pk
    )
    try:
        verb(membership=membership, by=request.user)
    except NotAllowed as refused:
        tell(request, str(refused), tone="attention")
    else:
        tell(request, done % membership.user.name, undo=undo)
    return redirect("access:members")


@page(May.VIEW_AS)
def choose_eyes(request: PageRequest) -> HttpResponse:
    """Through whose eyes do you want to look?"""
    asked = request.GET.get("q", "").strip()
    people = User.objects.filter(district_id=request.district_id, is_active=True).exclude(
        pk=request.user.pk
    )
    if asked:
        people = people.filter(name__icontains=asked)
    shown = Paginator(people.order_by("name", "pk"), 25).get_page(request.GET.get("page"))
    roles: dict[int, list[str]] = {}
    for row in Membership.objects.current().filter(user__in=list(shown)).select_related("school"):
        place = f", {row.school.name}" if row.school else ""
        roles.setdefault(row.user_id, []).append(f"{ROLES[row.role].name}{place}")
    rows = [(person, roles.get(person.pk, [])) for person in shown]
    return render(
        request, "access/choose_eyes.html", {"shown": shown, "rows": rows, "asked": asked}
    )


@page(May.VIEW_AS, methods=("POST",))
def start_viewing(request: PageRequest, pk: int) -> HttpResponse:
    seen = get_object_or_404(User, pk=pk, district_id=request.district_id, is_active=True)
    try:
        actions.start_viewing(request=request, seen=seen, by=request.user)
    except NotAllowed as refused:
        tell(request, str(refused), tone="attention")
        return redirect("access:choose_eyes")
    return redirect("today")


@page(May.SIGN_IN, methods=("POST",), own_eyes=True)
def stop_viewing(request: PageRequest) -> HttpResponse:
    actions.stop_viewing(request=request, by=request.user)
    return redirect("today")


@open_page(methods=("GET", "POST"))
def by_invitation(request: HttpRequest) -> HttpResponse:
    """Nobody signs up or changes an address alone: the school invites."""
    return render(request, "account/signup_closed.html", status=403)
