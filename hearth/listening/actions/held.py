"""What becomes of a text that was held back: others may read it, as it is or without a name."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.actions.survey import NotAllowed
from hearth.listening.models import Box, Survey, TextPage
from hearth.listening.models.grounds import may_here
from hearth.listening.rules.telling import in_order


@transaction.atomic
def let_read(*, page: TextPage, said: str, instead: str, by: User) -> None:
    """Put a held text among those that others read, in the words that may stand there.

    Only once the survey is sealed: before, a text that comes and goes would tell when it came.
    """
    survey = page.survey
    if not may_here(by, May.RUN_LISTENING, survey.school_id):
        raise PermissionDenied
    Box.objects.select_for_update().get(survey=survey)
    survey = Survey.objects.get(pk=survey.pk)
    if survey.sealed_at is None:
        raise NotAllowed(_("First the survey ends. Until then nobody else reads any text."))
    locked = TextPage.objects.select_for_update().filter(pk=page.pk, held=True).first()
    text = next((t for t in locked.texts if t["said"] == said), None) if locked else None
    if locked is None or text is None:
        raise NotAllowed(_("Somebody has seen to this text already. Look again."))
    locked.texts.remove(text)
    locked.save(update_fields=["texts"])
    others = TextPage.objects.select_for_update().filter(
        survey=survey, question=page.question, held=False
    )
    told = others.order_by("pk").first() or TextPage(
        district_id=page.district_id, survey=survey, question=page.question, open=False
    )
    told.texts = in_order([*told.texts, text | {"said": instead.strip()}])
    told.save()
    record("held text read and told", survey, district_id=survey.district_id, by=by)
