"""What the neighborhood has, as a neighbor tells of it and as somebody of the school shows it."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm, RadioCards
from hearth.partners.forms.keeping import PlaceForm
from hearth.partners.models import Asset, SchoolPlace
from hearth.people.words import LANGUAGES, language_name

SERVICE = "service"
YOUNG, GROWN = "young", "grown"


def spoken(codes: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Languages to choose from, by name in the language of the page."""
    return sorted(
        ((code, language_name(code)) for code in (LANGUAGES if codes is None else codes)),
        key=lambda pair: pair[1],
    )


class AssetForm(KitForm):
    """What everybody may read of it, once somebody of the school has looked."""

    kind = forms.ChoiceField(
        label=_("What do you want to tell us about?"), choices=Asset.Kind, widget=RadioCards
    )
    name = forms.CharField(
        label=_("What is it, in a few words?"),
        help_text=_("Such as “Tamales the way of Michoacán”, “The pocket park on Elm Street”."),
        max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    about = forms.CharField(
        label=_("What is good about it?"), required=False, max_length=1500,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 4}),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Which languages are spoken there?"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    address = forms.CharField(
        label=_("Where is it?"), required=False, max_length=300,
        help_text=_("A street and number, or “behind the library”. Never where somebody lives."),
    )  # fmt: skip
    who = forms.CharField(
        label=_("Whom does one ask there?"), required=False, max_length=200,
        help_text=_("An adult's name. It is shown only if that person says yes to the school."),
    )  # fmt: skip
    reach = forms.CharField(
        label=_("Phone or e-mail of that person"), required=False, max_length=254,
        help_text=_("Shown only if that person says yes, too."),
    )  # fmt: skip
    age = forms.ChoiceField(
        label=_("How old is that person?"), required=False, widget=RadioCards,
        choices=[(GROWN, _("18 or older")), (YOUNG, _("Younger than 18"))],
        help_text=_("Nobody younger than 18 is named here: leave the name and the phone out."),
    )  # fmt: skip

    AFTER: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["languages"]
        chosen = set(self.initial.get("languages") or ())
        field.choices = spoken({*LANGUAGES, *chosen})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        names_somebody = said.get("who") or said.get("reach")
        if names_somebody and not said.get("age"):
            self.add_error("age", _("Say it, so that no child is named here."))
        if names_somebody and said.get("age") == YOUNG:
            self.add_error("who", _("Leave the name and the phone out: nobody so young is named."))
        if said.get("kind") == Asset.Kind.PERSON and not said.get("age"):
            self.add_error("age", _("Say it, so that no child is named here."))
        return said

    @property
    def said(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in Asset.PRIVACY if name in self.fields}
        return {**told, "is_young": self.cleaned_data["age"] == YOUNG}

    @property
    def before(self) -> list[Any]:
        """What stands in sight; the long list of languages is folded away after it."""
        return [self[name] for name in self.fields if name not in (*self.AFTER, "languages")]

    @property
    def after(self) -> list[Any]:
        return [self[name] for name in self.AFTER]


class TellForm(AssetForm):
    """Beside it, who tells of it: for the school alone."""

    AFTER = ("from_whom", "reach_at")
    from_whom = forms.CharField(label=_("Your name, if you like"), required=False, max_length=200)
    reach_at = forms.CharField(
        label=_("How to reach you, if we may ask back"), required=False, max_length=254
    )


class ShowForm(AssetForm):
    """As it would be shown; and to what the person named said yes, to you."""

    AFTER = ("yes_to",)
    yes_to = forms.MultipleChoiceField(
        label=_("The person said yes to me, to being shown with"), required=False,
        choices=[("name", _("the name")), ("reach", _("the phone or e-mail"))],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody reads it: on this page, and on paper at meetings. Ask before you "
                    "tick, and ask the person, not whoever told of them."),
    )  # fmt: skip

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        first = {name: getattr(asset, name) for name in
                 ("kind", "name", "about", "languages", "address", "who", "reach")}  # fmt: skip
        if asset.is_young or asset.who or asset.kind == Asset.Kind.PERSON:
            first["age"] = YOUNG if asset.is_young else GROWN
        first["yes_to"] = [
            key for key, on in (("name", asset.name_shown), ("reach", asset.reach_shown)) if on
        ]
        super().__init__(*args, initial=first, **kwargs)


class PointForm(PlaceForm):
    """A point as maps copy it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("Find it on any map, hold on it, and copy the two numbers here.")
        self.fields["point"].help_text = words


class LookForm(KitForm):
    """Which of it: from which school, of which kind, in which language."""

    school = forms.TypedChoiceField(label=_("Around"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("What"), required=False)
    language = forms.ChoiceField(label=_("Spoken there"), required=False)

    def __init__(
        self, *args: Any, places: Sequence[SchoolPlace], languages: Collection[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        school: Any = self.fields["school"]
        school.choices = [(place.school_id, place.school.name) for place in places]
        if len(places) < 2:
            del self.fields["school"]
        kind: Any = self.fields["kind"]
        kind.choices = [
            ("", _("Everything")), *Asset.Kind.choices, (SERVICE, _("Services of the directory")),
        ]  # fmt: skip
        language: Any = self.fields["language"]
        language.choices = [("", _("Any")), *spoken(languages)]
