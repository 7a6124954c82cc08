"""What Today, the student page and the framework's quilt get of this room."""

from collections.abc import Callable
from datetime import date

from hearth.framework.saying import Side
from hearth.supports import actions
from hearth.supports.actions.meeting import finish_decision
from hearth.supports.front.framework import said
from hearth.supports.front.today import for_student, waiting_on
from hearth.supports.models import Referral
from tests.cast import Cast
from tests.makers import make_referral
from tests.supports.conftest import Asked
from tests.supports.teams import decide, open_now, set_up

Walk = Callable[[Referral, str], Referral]
LONG_AFTER = date(2030, 1, 7)


def test_a_late_answer_waits_on_the_whole_team(cast: Cast, asked: Referral) -> None:
    waiting = waiting_on(cast.rosa, LONG_AFTER)
    assert [line.pk for line in waiting.late_answers] == [asked.pk]
    assert waiting.late_answers[0].student == "Diego O'Brien-Ruiz"
    assert waiting.late_answers[0].late
    assert not waiting_on(cast.rosa, asked.since).late_answers
    actions.answer_referrer(referral=asked, answer="Yes.", by=cast.rosa)
    assert not waiting_on(cast.rosa, LONG_AFTER).late_answers


def test_new_then_without_owner_then_due_for_its_owner(
    cast: Cast, asked: Referral, at: Walk
) -> None:
    assert [line.pk for line in waiting_on(cast.rosa, asked.since).new] == [asked.pk]
    at(asked, "triaged")
    assert [line.pk for line in waiting_on(cast.rosa, asked.since).without_owner] == [asked.pk]
    at(asked, "assigned")
    assert [line.pk for line in waiting_on(cast.amina, LONG_AFTER).due] == [asked.pk]
    assert not waiting_on(cast.rosa, LONG_AFTER).due


def test_tom_waits_for_an_answer_and_then_has_one_to_read(cast: Cast, asked: Referral) -> None:
    assert [line.day for line in waiting_on(cast.tom, asked.since).asked] == [asked.answer_due_on]
    actions.answer_referrer(referral=asked, answer="Yes.", by=cast.rosa)
    waiting = waiting_on(cast.tom, asked.since)
    assert [line.pk for line in waiting.unread_answers] == [asked.pk]
    assert not waiting.asked
    actions.note_answer_read(referral=asked, by=cast.tom)
    assert not waiting_on(cast.tom, asked.since)


def test_nothing_waits_on_strangers(cast: Cast, asked: Referral) -> None:
    for user in (cast.joy, cast.omar, cast.priya, cast.linh, cast.marcus):
        assert not waiting_on(user, LONG_AFTER)


def test_today_asks_the_same_few_questions_for_one_as_for_many(
    cast: Cast, asked: Referral, asking: Asked
) -> None:
    for _ in range(12):
        make_referral(cast.minh_anh, cast.tom)
    for user, most in ((cast.rosa, 6), (cast.tom, 5)):
        assert user.standing
        with asking:
            waiting = waiting_on(user, LONG_AFTER)
        assert asking.count == most
    assert len(waiting.asked) == 10


def test_a_students_supports_as_each_may_know_them(
    cast: Cast, asked: Referral, at: Walk, asking: Asked
) -> None:
    at(asked, "linked")
    assert cast.rosa.standing
    with asking:
        [for_team] = for_student(cast.diego, cast.rosa)
    assert asking.count == 1
    assert (for_team.stands, for_team.service, for_team.owner) == (
        "linked", "Tutoring", "Amina Yusuf",
    )  # fmt: skip
    [for_tom] = for_student(cast.diego, cast.tom)
    assert (for_tom.service, for_tom.owner, for_tom.linked_on) == ("", "", None)
    assert for_tom.is_open
    assert for_student(cast.diego, cast.priya) == []


def test_the_quilt_hears_sentences_and_no_counts_of_children(cast: Cast, asked: Referral) -> None:
    here = [cast.cottonwood.pk]
    doing = {key: lines[0] for key, lines in said(cast.rosa, here).items()}
    assert set(doing) == {"pillar.integrated_supports", "condition.supports", "commitment.assets"}
    for line in doing.values():
        assert (line.url, line.count, line.school) == ("/referrals/", 0, here[0])
        assert not any(letter.isdigit() for letter in line.text)
    assert said(cast.tom, here)["condition.supports"][0].url == "/referrals/mine/"
    assert said(cast.linh, here)["condition.supports"][0].url == ""


def test_the_quilt_knows_what_the_team_did_and_where_there_is_none(cast: Cast) -> None:
    both = [cast.cottonwood.pk, cast.larkspur.pk]
    set_up(cast)
    finish_decision(
        decision=decide(open_now(cast).items.first(), cast), became="Read.", by=cast.amina
    )
    heard = said(cast.rosa, both)
    rhythm, changed = heard["pillar.collaborative_leadership"]
    assert rhythm.text == "The support team sits together every week."
    assert (changed.side, changed.count) == (Side.CHANGED, 1)
    (lacking,) = heard["pillar.integrated_supports"]
    assert (lacking.side, lacking.school) == (Side.MISSING, cast.larkspur.pk)
    # Linh reads that there is a team; what it decided is the team's own.
    assert [line.side for line in said(cast.linh, both)["pillar.collaborative_leadership"]] == [
        Side.DOING
    ]


def test_a_room_not_used_yet_says_only_who_could_begin(cast: Cast) -> None:
    ((key, lines),) = said(cast.rosa, [cast.cottonwood.pk]).items()
    assert (key, lines[0].side) == ("pillar.integrated_supports", Side.MISSING)
    assert lines[0].url == "/referrals/team/"
