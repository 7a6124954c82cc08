"""Closed lists: what people look for, and how one can pay."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Need(models.TextChoices):
    """In plain words. By which words a service is sorted here stands in `needs.toml`."""

    FOOD = "food", _("Food")
    HOUSING = "housing", _("A place to live, help with the rent")
    TALKING = "talking", _("Somebody to talk to")
    HEALTH = "health", _("A doctor or a clinic")
    TEETH_AND_EYES = "teeth_and_eyes", _("Teeth and eyes")
    LEGAL = "legal", _("Legal help")
    WORK = "work", _("Work")
    MONEY = "money", _("Help with money")
    LITTLE_ONES = "little_ones", _("For babies and small children")
    AFTER_SCHOOL = "after_school", _("After school and summer")
    LEARNING = "learning", _("Help with learning")
    ADULT_CLASSES = "adult_classes", _("Classes for adults")
    PARENTING = "parenting", _("For parents and families")
    SAFETY = "safety", _("To be safe")
    GETTING_AROUND = "getting_around", _("Getting around")
    CLOTHING = "clothing", _("Clothes and school supplies")
    DISABILITY = "disability", _("For people with disabilities")
    RECOVERY = "recovery", _("Help with alcohol or drugs")
    PLAY = "play", _("Sports, arts and play")


class Insurance(models.TextChoices):
    MEDI_CAL = "medi_cal", _("Medi-Cal")
    PRIVATE = "private", _("Private insurance")
    NONE = "none", _("No insurance")


class AgreementKind(models.TextChoices):
    MEMORANDUM = "memorandum", _("memorandum of understanding")
    SHARING = "data_sharing", _("data-sharing agreement")
    BOTH = "both", _("memorandum and data-sharing agreement")


class Purpose(models.TextChoices):
    """For what a partner may be told something. Billing, research and advertising are none."""

    SUPPORT = "support", _("To support one student, as asked for with the family")
    TOGETHER = "together", _("To plan together for one student: when, where, what helps")
    FIGURES = "figures", _("To count, without any name")


class Element(models.TextChoices):
    """What may be told of a student, piece by piece. What is not on the list is never sent."""

    NAME = "name", _("Name")
    BIRTHDATE = "birthdate", _("Date of birth")
    SCHOOL_GRADE = "school_grade", _("School and grade")
    HOME_LANGUAGE = "home_language", _("Home language, and whether an interpreter is needed")
    REACH_FAMILY = "reach_family", _("How to reach the family")
    ASKED_FOR = "asked_for", _("What is asked for")
    IEP_504 = "iep_504", _("Whether there is an IEP or a 504 plan: yes or no")


def named(told: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each fact with its name, in the order of the list."""
    return [(str(Element(key).label), told[key]) for key in Element.values if key in told]


class LegalBasis(models.TextChoices):
    """On what sharing rests; the law behind each stands in `agreements.toml`."""

    PARENT = "parent_consent", _("Written consent of the parent")
    ADULT = "adult_student_consent", _("Consent of the student, from 18 on")
    OFFICIAL = "school_official", _("The partner does the school's own work, under its control")


class OutState(models.TextChoices):
    """Where a referral to a partner stands. Served is what counts: a first visit took place."""

    SENT = "sent", pgettext_lazy("a referral to a partner", "sent, no answer yet")
    ACCEPTED = "accepted", pgettext_lazy("a referral to a partner", "taken, no visit yet")
    WAITING = "waiting", pgettext_lazy("a referral to a partner", "on their waiting list")
    SERVED = "served", pgettext_lazy("a referral to a partner", "linked: a first visit took place")
    ENDED = "ended", pgettext_lazy("a referral to a partner", "the service has ended")
    DECLINED = "declined", pgettext_lazy("a referral to a partner", "they could not take it")
    WITHDRAWN = "withdrawn", pgettext_lazy("a referral to a partner", "taken back")


class Declined(models.TextChoices):
    """Why a partner could not take it."""

    NO_PLACE = "no_place", _("We have no place")
    NO_LANGUAGE = "no_language", _("Nobody here speaks their language")
    NOT_FOR_THEM = "not_for_them", _("It is not for their age, area or insurance")
    NOT_REACHED = "not_reached", _("We could not reach the family")
    FAMILY_SAID_NO = "family_said_no", _("The family did not want it")
    OTHER = "other", _("Something else")


class InterpretedBy(models.TextChoices):
    """Who put it into the family's language: what they are, never their name."""

    DISTRICT = "district", _("an interpreter of the district")
    TELEPHONE = "telephone", _("an interpreter on the telephone")
    STAFF = "staff", _("somebody of the school who speaks the language")
    CHOSEN = "chosen", _("an adult whom the family chose")


class Understood(models.TextChoices):
    """How one knew that it was understood."""

    SAID_BACK = "said_back", _("They said in their own words what would be shared, and with whom")
    ASKED = "asked", _("They asked about it, and their questions were answered")
    LISTENED = "listened", _("They heard all of it and had no question")


class Met(models.TextChoices):
    """Whether the need was met, as the family says it."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
