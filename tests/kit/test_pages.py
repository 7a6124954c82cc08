"""The shell and the components, as a page shows them."""

from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.translation import override

from hearth.kit import notices
from hearth.kit.gallery import gallery
from hearth.kit.templatetags.kit import icon, page_link


@pytest.fixture
def asked(rf, settings):
    # The kit stands alone: nothing that the front door adds to a page may be needed to draw one.
    templates = deepcopy(settings.TEMPLATES)
    options = templates[0]["OPTIONS"]
    options["context_processors"] = [
        "django.template.context_processors.request",
        "django.contrib.messages.context_processors.messages",
    ]
    options["string_if_invalid"] = "UNDEFINED"
    settings.TEMPLATES = templates
    request = rf.get("/kit/", {"grade": "4"})
    request.session = {}
    request.user = SimpleNamespace(is_authenticated=False, is_anonymous=True)
    request._messages = FallbackStorage(request)
    return request


def shown(request):
    return gallery(request).content.decode()


def test_the_gallery_shows_every_component(asked):
    html = shown(asked)
    assert "<c-" not in html
    assert "UNDEFINED" not in html
    for part in (
        "k-card", "k-empty", "k-badge", "k-clock", "k-person", "k-strengths", "k-restricted",
        "k-progress", "k-field", "k-errors", "k-notice", "k-timeline-item", "k-stat", "k-pager",
        "k-filters", "k-steps", "k-subtabs", "k-why", "k-facts", "k-disclosure", "k-chart",
    ):  # fmt: skip
        assert f'class="{part}' in html, part


def test_names_can_be_hidden_because_each_is_marked(asked):
    html = shown(asked)
    assert '<bdi class="k-name">Minh Anh Nguyễn</bdi>' in html


def test_restricted_words_stay_out_of_the_page_until_they_are_opened():
    closed = {"what": "A note", "open": False, "open_url": "/open/", "slot": "secret"}
    assert "secret" not in render_to_string("cotton/restricted.html", closed)


def test_the_page_says_its_language_and_direction(asked):
    assert '<html lang="en" dir="ltr">' in shown(asked)
    with override("ar"):
        html = shown(asked)
    assert '<html lang="ar" dir="rtl">' in html
    assert "tabler.rtl.min" in html


def test_a_notice_carries_its_way_back(asked):
    notices.tell(asked, "The plan is in the trash.", undo="/plans/7/undo/")
    html = shown(asked)
    assert "The plan is in the trash." in html
    assert 'action="/plans/7/undo/"' in html


def test_the_next_page_keeps_the_filters(asked):
    assert page_link({"request": asked}, "page", 3) == "?grade=4&page=3"


def test_an_icon_nobody_knows_is_an_error_not_a_gap():
    with pytest.raises(TemplateSyntaxError, match=r"kit/icons\.py"):
        icon("unicorn")
    assert 'aria-hidden="true"' in icon("home")
    assert 'aria-label="Home"' in icon("home", "Home")


def test_a_template_is_compiled_anew_for_each_language():
    for _ in range(2):
        assert "Strengths first" in render_to_string("cotton/strengths.html")
        with override("es"):
            assert "Strengths first" not in render_to_string("cotton/strengths.html")


def test_only_what_never_changes_is_written_out_when_compiling():
    page = Template(
        '{% load i18n kit %}{% translate word %} {% translate "Undo" as undo %}{{ undo|upper }}'
        '{% translate "100% & more" %}{% icon mark %}'
    )
    shown = page.render(Context({"word": "<b>", "mark": "check"}))
    assert shown.startswith("&lt;b&gt; UNDO100% & more<svg")
