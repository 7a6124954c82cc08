"""The one verb of whoever answers. It leaves counts and texts, and nothing of who or when.

No event is recorded and no history kept: those would tell the minute of each answer. Everything is
written in the caller's transaction, so an answer counts wholly or not at all.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection, transaction

from hearth.listening.models import Survey, TextPage
from hearth.listening.rules import dated
from hearth.listening.rules.careful import tells_of_harm
from hearth.listening.rules.layout import marks
from hearth.listening.rules.questions import Kind, read_answers
from hearth.listening.rules.telling import in_order


class AnsweredAlready(Exception):
    """This link of one's own was used."""


class NotOpen(Exception):
    """Before its first day, after its last, or counted already."""


@transaction.atomic
def answer(
    *, survey: Survey, told: Mapping[str, Sequence[str]], language: str, today: date,
    slot: int | None = None,
) -> None:  # fmt: skip
    """Count what was told. With a `slot`, only the first time."""
    if not survey.takes_answers(today):
        raise NotOpen
    answers = read_answers(survey.questions, told)
    # The box first: whoever holds it is alone with this survey until the end.
    _raise_counts(
        survey, {survey.places[at]: by for at, by in marks(survey.questions, answers).items()}
    )
    _mark_as_answered(survey, slot)
    _put_on_pages(survey, [
        (q.key, {"in": language, "said": said})
        for q in survey.questions if q.kind is Kind.TEXT for said in answers.get(q.key, ())
    ], today)  # fmt: skip


def _raise_counts(survey: Survey, added: Mapping[int, int]) -> None:
    raised = ", ".join(
        f"counts[{int(n)}] = counts[{int(n)}] + {int(by)}" for n, by in added.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE listening_box SET {raised} "  # noqa: S608 - whole numbers alone
            "WHERE survey_id = %s AND EXISTS (SELECT FROM listening_survey s "
            "WHERE s.id = survey_id AND s.sealed_at IS NULL)",
            [survey.pk],
        )
        if not cursor.rowcount:
            raise NotOpen


def _mark_as_answered(survey: Survey, slot: int | None) -> None:
    """Every answer touches the row, so that its marks tell no more than those of the box."""
    at = "answered" if slot is None else "set_bit(answered, %s, 1)"
    first = "" if slot is None else " AND get_bit(answered, %s) = 0"
    values = [survey.pk] if slot is None else [slot, survey.pk, slot]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE listening_participation SET answered = {at} "  # noqa: S608 - two fixed texts
            f"WHERE survey_id = %s{first}",
            values,
        )
        if not cursor.rowcount:
            raise AnsweredAlready


def _put_on_pages(survey: Survey, told: Sequence[tuple[str, dict[str, str]]], today: date) -> None:
    """Every answer writes every open page, whether or not it has a text for it: PostgreSQL's marks
    of who wrote last are the same on all of them then."""
    now_on = _texts_with(survey, told, today) if told else {}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE listening_textpage SET texts = coalesce(%s::jsonb -> id::text, texts) "
            "WHERE survey_id = %s AND open",
            [json.dumps(now_on), survey.pk],
        )


def _texts_with(
    survey: Survey, told: Sequence[tuple[str, dict[str, str]]], today: date
) -> dict[str, list[dict[str, str]]]:
    """What stands from now on, by the key of its page, on the pages that take one of these."""
    pages = {
        (page.question, page.held): page
        for page in TextPage.objects.filter(survey=survey, open=True)
    }
    taking = {}
    for key, text in told:
        page = pages[key, tells_of_harm(text["said"], dated.harm_phrases())]
        page.texts = in_order([*page.texts, text])
        taking[str(page.pk)] = page
    for page in taking.values():
        if len(page.texts) >= dated.number("page", today):
            _put_half_aside(page)
    return {key: page.texts for key, page in taking.items()}


def _put_half_aside(page: TextPage) -> None:
    """By lot, so that which page a text lies on does not say whether it came early."""
    mixed = list(page.texts)
    secrets.SystemRandom().shuffle(mixed)
    half = len(mixed) // 2
    TextPage.objects.create(
        district_id=page.district_id, survey_id=page.survey_id, question=page.question,
        held=page.held, open=False, texts=in_order(mixed[:half]),
    )  # fmt: skip
    page.texts = in_order(mixed[half:])
