"""Every component in every state, on one page, to look at and to test.

There is no gate here: whoever routes to it decides who may look.
"""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearth.kit import chart
from hearth.kit.dots import Dot, dots
from hearth.kit.forms import KitForm, RadioCards


class GalleryForm(KitForm):
    """One field of each kind."""

    name = forms.CharField(label=_("Your name"), help_text=_("As you like to be called."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    day = forms.DateField(label=_("Which day suits you?"))
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", "…"), ("en", "English"), ("es", "Español"), ("vi", "Tiếng Việt")],
    )
    pace = forms.ChoiceField(
        label=_("How soon?"),
        choices=[("week", _("This week")), ("month", _("This month"))],
        widget=RadioCards(explain={"week": _("Somebody answers within 5 school days.")}),
    )
    days = forms.MultipleChoiceField(
        label=_("Days that work"),
        required=False,
        choices=[("mon", _("Monday")), ("wed", _("Wednesday")), ("fri", _("Friday"))],
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(label=_("In your own words"), widget=forms.Textarea)
    agree = forms.BooleanField(label=_("I have read this with the family"))


def _charts() -> list[chart.Chart]:
    return [
        chart.bars(
            [
                chart.Bar(gettext("Grade 3"), 0.42, gettext("42% of 120"), 0.34, 0.5),
                chart.Bar(gettext("Grade 4"), 0.61, gettext("61% of 98"), 0.51, 0.7),
                chart.Bar(gettext("Grade 5"), None, gettext("Not shown: fewer than 11")),
            ],
            title=gettext("Who has a trusted adult here?"),
            description=gettext("More in grade 4 than in grade 3."),
            headings=(gettext("Grade"), gettext("Share")),
            most=1,
            note=gettext("The dark line is the range the true share lies in."),
        ),
        chart.lines(
            [
                chart.Point(line, year, value, f"{value:.0%}")
                for line, values in (
                    (gettext("Everyone"), (0.61, 0.63, 0.68)),
                    (gettext("New to English"), (0.41, 0.5, 0.58)),
                )
                for year, value in zip(("2024", "2025", "2026"), values, strict=True)
            ],
            title=gettext("Who comes to the events?"),
            description=gettext("The two lines come closer each year."),
            headings=(gettext("Group"), gettext("Year"), gettext("Share")),
            number_format=".0%",
        ),
        dots(
            [
                Dot(gettext("Grade 3"), gettext("Everyone"), 42),
                Dot(gettext("Grade 3"), gettext("New to English"), 31),
                Dot(gettext("Grade 4"), gettext("Everyone"), 61),
            ],
            names=[gettext("Everyone"), gettext("New to English")],
            title=gettext("Who has a trusted adult here?"),
            description=gettext("More in grade 4 than in grade 3."),
            headings=(gettext("Grade"), gettext("Everyone"), gettext("New to English")),
            rows=[
                (gettext("Grade 3"), "42 %", "31 %"),
                (gettext("Grade 4"), "61 %", gettext("Not shown: fewer than 11")),
            ],
        ),
    ]


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the kit."""
    today = timezone.localdate()
    wrong = GalleryForm({"name": "Rosa", "email": "rosa at school", "pace": "soon", "words": ""})
    context: dict[str, Any] = {
        "form": GalleryForm(prefix="empty"),
        "wrong": wrong,
        "clocks": [today + timedelta(days=days) for days in (9, 2, 1, 0, -3)],
        "today": today,
        "charts": _charts(),
        "week_ago": today - timedelta(days=8),
        "page": Paginator(range(60), 25).get_page(2),
        "steps": [
            {"label": _("Who"), "state": "done", "url": "#steps"},
            {"label": _("What is going well"), "state": "current"},
            {"label": _("What is hard"), "state": "to come"},
        ],
        "tabs": [
            {"label": _("Everything"), "url": "#tabs", "current": True, "count": 12},
            {"label": _("Waiting for me"), "url": "#tabs", "current": False, "count": 3},
        ],
        "rows": [
            SimpleNamespace(
                name="Minh Anh Nguyễn", what=_("Reading club"), due=today + timedelta(days=4)
            ),
            SimpleNamespace(
                name="Diego O'Brien-Ruiz", what=_("Home visit"), due=today - timedelta(days=1)
            ),
        ],
    }
    return render(request, "kit/gallery.html", context)
