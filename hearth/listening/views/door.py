"""The survey as whoever is asked sees it: no account, no session, nothing about them.

What is posted goes to an address that names the survey alone; a link of one's own is in the form.
"""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, public_page
from hearth.kit.spoken import in_language
from hearth.listening.actions import answering
from hearth.listening.models import Survey, Way
from hearth.listening.reading.sheet import NATIVE, shown
from hearth.listening.rules.questions import said_in
from hearth.listening.rules.ticket import slot_of
from hearth.listening.views.unasked import TRAP, too_often
from hearth.schools.models import District

# Wide, because a whole school may sit behind one address on the internet. A link of one's own
# needs no limit: it answers once.
AT_MOST = 1500


@public_page(methods=("GET", "POST"))
def answer(request: PageRequest, district: District, key: UUID) -> HttpResponse:
    """Answer the survey. Anything may be left out."""
    if "lang" in request.GET and request.method != "POST":
        return in_language(request)
    if request.method == "POST":
        return _counted(request, district, _answered(key))
    survey = survey_of(key)
    if not survey.takes_answers(timezone.localdate()):
        return _says(request, survey, _not_open(survey))
    if survey.way == Way.PERSONAL:
        return _says(request, survey, _("This survey is answered by a link of one's own. Look for "
                                        "yours in the letter from the school."))  # fmt: skip
    kiosk = "kiosk" in request.GET
    if not kiosk and "again" not in request.GET and request.COOKIES.get(_cookie(survey)):
        return _says(request, survey, _("From this device somebody has answered already."),
                     again=True)  # fmt: skip
    return _form(request, district, survey)


@public_page()
def own(request: PageRequest, district: District, key: UUID, ticket: str) -> HttpResponse:
    """The same by a link of one's own."""
    survey = survey_of(key)
    if "lang" in request.GET and request.method != "POST":
        return in_language(request)
    if slot_in(survey, ticket) is None:
        raise Http404
    if not survey.takes_answers(timezone.localdate()):
        return _says(request, survey, _not_open(survey))
    return _form(request, district, survey, ticket=ticket)


@public_page()
def thanks(request: PageRequest, district: District, key: UUID) -> HttpResponse:
    """It is counted. On a tablet for everybody the first page comes back by itself."""
    survey = survey_of(key)
    start = reverse("say:answer", args=[district.slug, key])
    facts = around(request, survey) | {
        "kiosk": "kiosk" in request.GET, "start": f"{start}?kiosk=1",
    }  # fmt: skip
    return render(request, "listening/thanks.html", facts)


def _counted(request: PageRequest, district: District, survey: Survey) -> HttpResponse:
    ticket, kiosk = request.POST.get("ticket", ""), "kiosk" in request.POST
    slot = slot_in(survey, ticket)
    if survey.way == Way.PERSONAL and slot is None:
        raise Http404
    if request.POST.get(TRAP):
        trouble = _("Something filled in a field that nobody sees. Please press send again.")
        return _form(request, district, survey, ticket=ticket, trouble=trouble)
    if slot is None and too_often(request, "say", AT_MOST):
        trouble = _("That was a lot at once. Wait a minute and press send again.")
        return _form(request, district, survey, ticket=ticket, trouble=trouble, status=429)
    try:
        answering.answer(
            survey=survey, told=dict(request.POST.lists()), language=_content(request, survey),
            today=timezone.localdate(), slot=slot,
        )  # fmt: skip
    except answering.AnsweredAlready:
        words = _("This link has been used: your answer is counted. It counts once, so this one "
                  "was not added. Thank you.")  # fmt: skip
        return _says(request, survey, words)
    except answering.NotOpen:
        return _says(request, survey, _not_open(survey))
    where = reverse("say:thanks", args=[district.slug, survey.key])
    done = redirect(f"{where}?kiosk=1" if kiosk else where)
    if slot is None and not kiosk:
        done.set_cookie(_cookie(survey), "1", max_age=60 * 60 * 24 * 90, samesite="Lax",
                        httponly=True)  # fmt: skip
    return done


def _form(
    request: PageRequest, district: District, survey: Survey, *, ticket: str = "",
    trouble: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    language = _content(request, survey)
    told = dict(request.POST.lists()) if request.method == "POST" else None
    facts = around(request, survey) | {
        "questions": shown(survey, language, told),
        "action": reverse("say:answer", args=[district.slug, survey.key]) + f"?in={language}",
        "ticket": ticket,
        "kiosk": "kiosk" in (request.POST or request.GET),
        "trouble": trouble,
        "trap": TRAP,
        # What was typed stays on the device until it is sent; not on one that everybody uses.
        "draft": sha256(f"{survey.key}{ticket}".encode()).hexdigest()[:12],
    }
    return render(request, "listening/answer.html", facts, status=status)


def _says(request: PageRequest, survey: Survey, words: str, *, again: bool = False) -> HttpResponse:
    facts = around(request, survey) | {"words": words, "again": again}
    return render(request, "listening/not_now.html", facts)


def around(request: PageRequest, survey: Survey) -> dict[str, Any]:
    language = _content(request, survey)
    spoken = dict(settings.LANGUAGES)
    title, title_lang = said_in(survey.title, language)
    intro, intro_lang = said_in(survey.intro, language)
    return {
        "survey": survey, "title": title, "title_lang": title_lang, "intro": intro,
        "intro_lang": intro_lang, "language": language, "consent": survey.project.consent(language),
        "languages": [
            (code, NATIVE.get(code, code), "lang" if code in spoken else "in")
            for code in survey.languages
        ],
    }  # fmt: skip


def _content(request: PageRequest, survey: Survey) -> str:
    """The language of the questions: the one asked for, else the page's own."""
    asked = request.GET.get("in", "")
    if asked in survey.languages:
        return asked
    page = (get_language() or "en").partition("-")[0]
    return page if page in survey.languages else str(survey.languages[0])


def survey_of(key: UUID) -> Survey:
    rows = Survey.objects.select_related("project", "school")
    found: Survey = get_object_or_404(rows, key=key, opened_at__isnull=False)
    return found


def _answered(key: UUID) -> Survey:
    """The same without what only a form shows, and said in SQL: when a school answers in one hour,
    Django takes longer to write this question than PostgreSQL to answer it."""
    asked = "SELECT * FROM listening_survey WHERE key = %s AND opened_at IS NOT NULL"
    for found in Survey.objects.raw(asked, [key]):
        return found
    raise Http404


def slot_in(survey: Survey, ticket: str) -> int | None:
    """The slot of a link of one's own, where this survey has such links."""
    if survey.way != Way.PERSONAL:
        return None
    return slot_of(settings.SECRET_KEY, str(survey.key), ticket)


def _cookie(survey: Survey) -> str:
    return f"said-{survey.key.hex[:12]}"


def _not_open(survey: Survey) -> str:
    if timezone.localdate() < survey.opens and not survey.sealed_at:
        return _("It has not begun yet. Please come back on its first day.")
    return _("It is over, and what was said is being read. Thank you for coming.")
