"""Surveyed: what a sealed survey told of one question, or one text of it, taken as a source."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy
from hearth.listening.models.heard import Heard
from hearth.listening.models.survey import Survey
from hearth.listening.models.words import Audience
from hearth.listening.rules.questions import said_in


class Surveyed(Heard):
    """Frozen as it was told: `told` is the shares of a question, or one text that others may read.

    Only what stands on the page of results comes here, so nothing of too few, and no text that is
    held. A text is here to be sorted and to rest on; nobody allowed it to be quoted.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=60)
    audience = models.CharField(_("who was asked"), max_length=20, choices=Audience)
    asked = models.JSONField(_("what was asked"))
    told = models.JSONField(_("what was told"))

    PRIVACY: ClassVar = {
        **dict.fromkeys(["survey", "question", "audience", "asked"], Privacy.INTERNAL),
        "told": Privacy.SENSITIVE,
    }

    class Meta:
        verbose_name = _("what a survey told")
        verbose_name_plural = _("what surveys told")
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="asked_known"),
        ]

    def in_words(self, language: str) -> str:
        """What was asked, and then a text, or each answer with its share."""
        asked = said_in(self.asked, language)[0]
        if "said" in self.told:
            return f"{asked}\n{self.told['said']}"
        shares = (
            f"{said_in(line['words'], language)[0]} {line['percent']} %"
            for line in self.told["lines"]
        )
        return "\n".join([asked, " · ".join(shares)])
