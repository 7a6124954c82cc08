"""Walking a class on the page: who opens what, one student after another, nothing lost."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hearth.audit.models import Look
from hearth.people.models import Section
from hearth.supports.actions import review as actions
from hearth.supports.models import ClassReview, Referral, StudentReview
from tests.cast import Cast
from tests.makers import make_guardian, make_referral, make_student
from tests.supports.conftest import Asked

Page = Callable[..., str]
TEAM = ("rosa", "amina", "grace")
EVERYBODY = (*TEAM, "tom", "linh", "joy", "omar", "priya", "marcus")
WORDS = {"strength": "Knows every dinosaur.", "next": "thriving"}


@pytest.fixture
def room(cast: Cast) -> Section:
    return Section.objects.get(title="Grade 4, room 12")


@pytest.fixture
def review(cast: Cast, room: Section) -> ClassReview:
    return actions.begin(section=room, by=cast.tom)


def address(name: str, review: ClassReview, student: int) -> str:
    rest = {
        "reviews": [],
        "class_review": [review.pk],
        "review_student": [review.pk, student],
    }
    return reverse(f"supports:{name}", args=rest[name])


def test_who_opens_what(client: Client, cast: Cast, review: ClassReview) -> None:
    found: dict[str, dict[str, int]] = {}
    for key in EVERYBODY:
        client.force_login(getattr(cast, key))
        for name in ("reviews", "class_review", "review_student"):
            answer = client.get(address(name, review, cast.diego.pk))
            found.setdefault(name, {})[key] = answer.status_code
    walks = dict.fromkeys((*TEAM, "tom"), 200)
    never = dict.fromkeys(("linh", "priya", "marcus"), 403)
    assert found["reviews"] == walks | never | {"joy": 200, "omar": 200}
    for name in ("class_review", "review_student"):
        assert found[name] == walks | never | {"joy": 404, "omar": 404}, name


def test_tom_sees_his_class_and_how_many_he_has_seen(
    cast: Cast, review: ClassReview, page: Page
) -> None:
    actions.say(review=review, student=cast.diego, by=cast.tom, **WORDS)
    words = page(cast.tom, "reviews")
    assert "Grade 4, room 12" in words
    assert "1 of 2 reviewed" in words
    assert "Biology" not in words
    assert "Cottonwood Elementary" not in words.split("<main", 1)[1]


def test_the_team_sees_every_class_of_the_school_and_the_whole(
    cast: Cast, review: ClassReview, page: Page
) -> None:
    actions.say(review=review, student=cast.diego, by=cast.tom, **WORDS)
    words = page(cast.rosa, "reviews")
    assert "The classes of the school" in words
    assert "1 of 2" in words
    assert "Biology" not in words


def test_tom_walks_from_the_first_to_the_last_and_finishes(
    client: Client, cast: Cast, room: Section
) -> None:
    client.force_login(cast.tom)
    begun = client.post(reverse("supports:begin_review", args=[room.pk]))
    review = ClassReview.objects.get()
    assert begun.url == reverse("supports:class_review", args=[review.pk])
    first = reverse("supports:review_student", args=[review.pk, cast.minh_anh.pk])
    second = reverse("supports:review_student", args=[review.pk, cast.diego.pk])
    assert first in client.get(begun.url).content.decode()
    assert client.post(first, WORDS).url == second
    assert client.post(second, WORDS | {"next": "watch"}).url == begun.url
    done = client.get(begun.url).content.decode()
    assert "2 of 2 reviewed" in done
    assert "Finish this class" in done
    client.post(reverse("supports:finish_review", args=[review.pk]))
    assert "finished today" in client.get(begun.url).content.decode()
    assert "We look again soon" in client.get(begun.url).content.decode()


def test_the_strength_comes_first_and_is_never_left_out(
    client: Client, cast: Cast, review: ClassReview
) -> None:
    client.force_login(cast.tom)
    where = reverse("supports:review_student", args=[review.pk, cast.diego.pk])
    form = client.get(where).content.decode()
    assert form.index("What is going well?") < form.index("What would help?")
    assert "Knows every dinosaur and builds things that hold." in form
    assert f'data-draft="review-{review.pk}-{cast.diego.pk}"' in form
    words = client.post(where, WORDS | {"strength": " ", "thought": "A seat in front."})
    assert "Please fill this in." in words.content.decode()
    assert "A seat in front." in words.content.decode()
    assert not StudentReview.objects.exists()


def test_asking_for_support_carries_the_strength_over_and_comes_back(
    client: Client, cast: Cast, review: ClassReview
) -> None:
    client.force_login(cast.tom)
    where = reverse("supports:review_student", args=[review.pk, cast.diego.pk])
    to_ask = client.post(where, WORDS | {"next": "ask"})
    assert "Knows%20every" not in to_ask.url
    opened = client.get(to_ask.url, follow=True)
    assert "Knows every dinosaur." in opened.content.decode()
    typed = {**WORDS, "concern": "Reads haltingly.", "domain": "academic", "urgency": "soon"}
    sent = client.post(opened.redirect_chain[-1][0], typed)
    row = StudentReview.objects.get()
    assert row.referral == Referral.objects.get()
    assert (
        reverse("supports:class_review", args=[review.pk]) in client.get(sent.url).content.decode()
    )
    assert (
        "support was asked for"
        in client.get(reverse("supports:class_review", args=[review.pk])).content.decode()
    )


def test_priya_cannot_carry_over_what_tom_said(
    client: Client, cast: Cast, review: ClassReview
) -> None:
    row = actions.say(review=review, student=cast.diego, by=cast.tom, **WORDS)
    where = f"{reverse('supports:new')}?student={cast.diego.pk}&review={row.pk}"
    for who, carried in ((cast.tom, True), (cast.priya, False)):  # both may ask for Diego
        client.force_login(who)
        words = client.get(where, follow=True)
        assert words.status_code == 200
        assert (f"{WORDS['strength']}</textarea>" in words.content.decode()) == carried


def test_an_open_referral_is_shown_on_the_walk(
    client: Client, cast: Cast, review: ClassReview
) -> None:
    make_referral(cast.diego, cast.tom)
    client.force_login(cast.tom)
    where = reverse("supports:review_student", args=[review.pk, cast.diego.pk])
    assert "Somebody has asked for this student already" in client.get(where).content.decode()


def test_amina_and_tom_at_one_class_do_not_write_over_each_other(
    client: Client, cast: Cast, review: ClassReview
) -> None:
    actions.say(review=review, student=cast.diego, by=cast.tom, **WORDS)
    client.force_login(cast.amina)
    where = reverse("supports:review_student", args=[review.pk, cast.diego.pk])
    again = client.post(where, {"strength": "Comforts others.", "next": "watch", "as_of": ""})
    words = again.content.decode()
    assert "Tom Becker wrote about this student while you were typing" in words
    assert "Knows every dinosaur." in words
    assert "Comforts others." in words
    seen = actions.version(StudentReview.objects.get())
    assert seen.split("+")[0] in words
    typed = {"strength": "Comforts others.", "next": "watch", "as_of": seen}
    assert client.post(where, typed).status_code == 302
    assert StudentReview.objects.get().by == cast.amina


def test_rosa_does_not_walk_past_her_own_child(
    client: Client, cast: Cast, review: ClassReview
) -> None:
    make_guardian(cast.diego, cast.person("rosa"))
    client.force_login(cast.rosa)
    assert (
        "Diego"
        not in client.get(reverse("supports:class_review", args=[review.pk]))
        .content.decode()
        .split("<main", 1)[1]
    )
    where = reverse("supports:review_student", args=[review.pk, cast.diego.pk])
    assert client.get(where).status_code == 404
    assert client.post(where, WORDS).status_code == 404


def test_joy_can_begin_or_finish_nothing_of_toms(
    client: Client, cast: Cast, room: Section, review: ClassReview
) -> None:
    for key in ("joy", "omar"):
        client.force_login(getattr(cast, key))
        assert client.post(reverse("supports:begin_review", args=[room.pk])).status_code == 404
        assert client.post(reverse("supports:finish_review", args=[review.pk])).status_code == 404


def test_finishing_too_early_says_who_is_still_to_be_seen(
    client: Client, cast: Cast, review: ClassReview
) -> None:
    client.force_login(cast.tom)
    told = client.post(reverse("supports:finish_review", args=[review.pk]), follow=True)
    assert "2 students are still to be seen." in told.content.decode()


def test_each_look_at_a_student_is_kept_with_its_reason(
    client: Client, cast: Cast, review: ClassReview
) -> None:
    client.force_login(cast.tom)
    client.get(reverse("supports:review_student", args=[review.pk, cast.diego.pk]))
    look = Look.objects.get(page="class review")
    assert (look.student_id, look.why) == (cast.diego.pk, "You teach this class.")


@pytest.mark.parametrize("name", ["reviews", "class_review", "review_student"])
@pytest.mark.parametrize("key", ["tom", "rosa"])
def test_a_page_asks_the_same_few_questions_for_one_as_for_many(
    client: Client, cast: Cast, review: ClassReview, room: Section, name: str, key: str,
    asking: Asked,
) -> None:  # fmt: skip
    client.force_login(getattr(cast, key))
    client.get(address(name, review, cast.diego.pk))  # what is asked once a process is not counted
    counts = []
    for many in (0, 12):
        for number in range(many):
            student = make_student(cast.cottonwood, f"Child{number}", "Grove")
            room.members.create(district=cast.alder, person=student.person, role="student")
            actions.say(review=review, student=student, by=cast.tom, **WORDS)
        with asking:
            assert client.get(address(name, review, cast.diego.pk)).status_code == 200
        counts.append(asking.count)
    assert counts[0] == counts[1], asking.questions
    assert counts[1] <= 12, asking.questions


@pytest.mark.parametrize("name", ["reviews", "class_review", "review_student"])
def test_every_page_comes_in_spanish(
    client: Client, cast: Cast, review: ClassReview, name: str
) -> None:
    client.force_login(cast.tom)
    client.cookies["django_language"] = "es"
    answer = client.get(address(name, review, cast.diego.pk))
    assert '<html lang="es"' in answer.content.decode()


def test_a_teacher_without_a_class_reads_what_will_stand_here(cast: Cast, page: Page) -> None:
    room = Section.objects.get(title="Biology")
    room.members.filter(role="teacher").update(gone_on="2026-11-02")
    assert "No class yet" in page(cast.joy, "reviews")
