"""Forms keep what was typed and say how to mend what is wrong."""

import pytest
from django import forms

from hearth.kit.forms import KitForm, RadioCards


class Ask(KitForm):
    name = forms.CharField(label="Your name", help_text="As you like to be called.")
    email = forms.EmailField(label="E-mail", required=False)
    day = forms.DateField(label="Day")
    pace = forms.ChoiceField(
        label="How soon?",
        choices=[("week", "This week"), ("month", "This month")],
        widget=RadioCards(explain={"week": "Somebody answers soon."}),
    )
    code = forms.CharField(label="Code", error_messages={"required": "The code is on the letter."})
    agree = forms.BooleanField(label="I agree")


def typed(**words):
    return Ask({"name": "Linh <Trần>", "pace": "month", **words})


def test_what_linh_typed_is_still_there_after_a_mistake():
    html = str(typed(email="linh at home", day="soon"))
    assert 'value="Linh &lt;Trần&gt;"' in html
    assert 'value="linh at home"' in html
    assert 'value="soon"' in html
    assert html.count("checked") == 1


def test_each_error_says_how_to_mend_it_and_is_tied_to_its_field():
    html = str(typed(email="linh at home"))
    assert "Write an e-mail address, like name@example.org." in html
    assert 'aria-describedby="id_email_error"' in html
    assert 'id="id_email_error"' in html
    assert 'aria-invalid="true"' in html


def test_the_summary_stands_on_top_and_links_to_each_field():
    html = str(typed(email="linh at home", day="2027-05-03", code="7", agree="on"))
    assert html.index('role="alert"') < html.index("Your name")
    assert 'href="#id_email"' in html
    assert "One thing to mend" in html


def test_a_field_that_has_its_own_words_keeps_them():
    form = typed()
    assert form.errors["code"] == ["The code is on the letter."]
    assert form.errors["day"] == ["Please fill this in."]
    assert form.errors["agree"] == ["Please tick this to go on."]


def test_hints_labels_and_optional_fields_are_said():
    html = str(Ask())
    assert 'aria-describedby="id_name_helptext"' in html
    assert '<label class="k-label" for="id_email">E-mail <span class="k-optional">' in html
    assert "k-errors" not in html
    assert 'type="date"' in html


def test_radio_cards_are_a_named_group_with_an_explanation():
    html = str(Ask())
    assert "<fieldset" in html
    assert "k-cards" in html
    assert "Somebody answers soon." in html


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2300-01-01", "9999-12-31"])
def test_a_day_outside_every_life_is_a_slip_of_the_hand(day):
    """Such a day was taken, and broke the first page that counted from it."""
    assert (
        "Look at the year again. Write a day between 1900 and 20" in typed(day=day).errors["day"][0]
    )


def test_a_field_that_a_form_adds_by_itself_is_held_to_the_same():
    class Longer(Ask):
        def __init__(self, *args):
            super().__init__(*args)
            self.fields["until"] = forms.DateField(label="Until")

    errors = Longer({"until": "9999-12-31"}).errors
    assert "Look at the year" in errors["until"][0]
    assert Longer({}).errors["until"] == ["Please fill this in."]
