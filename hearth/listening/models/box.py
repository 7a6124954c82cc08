"""Box and page: what was answered, and nothing of who answered.

Nothing here is a row of one answer. A box is raised in place, a page takes a text into its order by
the alphabet. No history is kept of either table, no time stands in them, and every answer touches
the box, the open pages and the participation of its survey, so that PostgreSQL's own marks of who
wrote last (xmin) are the same on all of them. When the survey is sealed all are written anew. What
this protects, and what it does not, stands in docs/explanation/surveys.md.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy
from hearth.listening.models.survey import Survey
from hearth.schools.models import Owned


class Box(Owned):
    """The counts of one survey; `Survey.places` says which number counts what."""

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, primary_key=True)
    counts = ArrayField(models.IntegerField())

    PRIVACY: ClassVar = {"survey": Privacy.INTERNAL, "counts": Privacy.SENSITIVE}

    class Meta:
        verbose_name = _("box")
        verbose_name_plural = _("boxes")


class TextPage(Owned):
    """Texts to one question, by the alphabet: [{"in": "es", "said": "…"}, …].

    One page of each kind is `open`. Once it is full, half of its texts, by lot, are put aside.
    `held` texts are looked at by somebody of the school before anybody else reads them.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="pages")
    question = models.CharField(max_length=60)
    held = models.BooleanField(default=False)
    open = models.BooleanField(default=True)
    texts = models.JSONField(default=list)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["survey", "question", "held", "open"], Privacy.INTERNAL),
        "texts": Privacy.RESTRICTED,
    }

    class Meta:
        verbose_name = _("page of texts")
        verbose_name_plural = _("pages of texts")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "question", "held"],
                condition=models.Q(open=True),
                name="one_open_page",
            )
        ]
