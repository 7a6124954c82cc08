"""Exactly what a partner would read of each fact that a family allowed."""

from collections.abc import Callable, Collection

from django.utils import formats, translation
from django.utils.translation import gettext as _

from hearth.partners.models import Consent, Element
from hearth.partners.models.words import named
from hearth.people.models import Person, Student


def facts_for(consent: Consent, elements: Collection[str], language: str) -> dict[str, str]:
    """Each of these facts in the partner's language, in the order of the list; what the school does
    not know is said so, never left out. What is asked for is no fact of the school's: it stands
    with the referral in the words of whoever sends it. `consent` comes with `student__person`,
    `student__school` and `adult__person`."""
    with translation.override(language):
        return {key: TOLD[key](consent) for key in TOLD if key in elements}


def asked_about(consent: Consent, language: str) -> list[tuple[str, str]]:
    """What the family is asked to allow, each with its name. What is asked for is written when
    there is a yes, so here stands only how much it will be."""
    facts = facts_for(consent, consent.elements, language)
    with translation.override(language):
        if Element.ASKED_FOR in consent.elements:
            facts[Element.ASKED_FOR] = _("one or two sentences, written by the school")
        return named(facts)


def _name(consent: Consent) -> str:
    person = consent.student.person
    official = f"{person.given_name} {person.family_name}"
    if person.preferred_name and person.preferred_name != person.given_name:
        return _("%(name)s, called %(called)s") % {
            "name": official, "called": person.preferred_name,
        }  # fmt: skip
    return official


def _birth_date(consent: Consent) -> str:
    day = consent.student.person.birth_date
    return formats.date_format(day, "DATE_FORMAT") if day else _not_known()


def _school(consent: Consent) -> str:
    student: Student = consent.student
    return ", ".join(part for part in (student.school.name, student.grade_in_words) if part)


def _language(consent: Consent) -> str:
    spoken = consent.student.person.language or _not_known()
    if consent.adult.person.interpreter_needed:
        return _("%(language)s, with an interpreter") % {"language": spoken}
    return spoken


def _family(consent: Consent) -> str:
    """The adult who gave the consent, and nobody else of the family."""
    adult: Person = consent.adult.person
    ways = [adult.phone, adult.email]
    said = [adult.called, *(way for way in ways if way)]
    return ", ".join(said)


def _not_known() -> str:
    return _("not known at school")


TOLD: dict[Element, Callable[[Consent], str]] = {
    Element.NAME: _name,
    Element.BIRTHDATE: _birth_date,
    Element.SCHOOL_GRADE: _school,
    Element.HOME_LANGUAGE: _language,
    Element.REACH_FAMILY: _family,
}
