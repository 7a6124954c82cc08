"""Closed lists: what people look for, and how one can pay."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
