"""What the demonstration knows of class reviews, of files taken out, and of what folds away."""

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.people.models import Section, Student
from hearth.schools.models import District
from hearth.supports import actions
from hearth.supports.actions import review
from hearth.supports.actions.export import ask_for_export
from hearth.supports.models import ClassReview, ClosedBecause, Export, Referral, StudentReview
from hearth.supports.reading import coverage
from hearth.supports.tasks import taking_out

THRIVING, WATCH = StudentReview.Next.THRIVING, StudentReview.Next.WATCH
# Said of one child after another, in the order of the class; each fits whoever it meets.
SAID = (
    ("Laughs with everybody and shares the good markers.", "", THRIVING),
    ("Asks the question that the others did not dare to ask.", "", THRIVING),
    ("Lines up the books by color and knows where each one stands.", "", THRIVING),
    ("Waits for the slowest runner, every time.", "A job with words: reading the weather.", WATCH),
    ("Sings while working and does not notice it.", "", THRIVING),
    ("Mends what is broken: scissors, games, quarrels.", "", THRIVING),
    ("Remembers the story of last week to the last word.", "A seat near the window.", WATCH),
    ("Draws the plan first and then builds what was planned.", "", THRIVING),
    ("Greets the new ones and shows them where things are.", "", THRIVING),
    ("Knows the name of every bird in the yard.", "", THRIVING),
)
YEARS_AGO = timedelta(days=1000)


def tell_reviews(district: District, *, today: date) -> int:
    """Tell them, unless they were told before; returns how many students were spoken of."""
    if ClassReview.objects.exists():
        return 0
    tom, rosa = (User.objects.filter(email=BY_KEY[key].email).first() for key in ("tom", "rosa"))
    if tom is None or rosa is None:
        return 0
    _long_ago(today, tom, rosa)
    _take_out(district, today, rosa)
    return _walk_half(today, tom)


def _walk_half(today: date, tom: User) -> int:
    """Tom has walked half of his class, on the last school days before today."""
    room = Section.objects.filter(
        gone_on=None, members__person__user=tom, members__role="teacher", members__gone_on=None
    ).order_by("title", "pk").first()  # fmt: skip
    if room is None:
        return 0
    with clock.on(today - timedelta(days=6)):
        walk = review.begin(section=room, by=tom)
        roster = coverage.walk_of(walk).roster
    half = roster[: min(len(roster) // 2, len(SAID))]
    for student, (strength, thought, following) in zip(half, SAID, strict=False):
        with clock.on(today - timedelta(days=5)):
            review.say(
                review=walk, student=Student.objects.get(pk=student), strength=strength,
                thought=thought, next=following, by=tom,
            )  # fmt: skip
    return len(half)


def _take_out(district: District, today: date, rosa: User) -> None:
    """Rosa took a list out three days ago; it can still be fetched."""
    nonce = uuid5(NAMESPACE_URL, f"export of {district.slug}")
    if Export.objects.filter(nonce=nonce).exists():
        return
    with clock.on(today - timedelta(days=3)):
        export = ask_for_export(
            wanted={"owner": "nobody"}, nonce=nonce, district_id=district.pk, by=rosa
        )
        taking_out.make(export_id=export.pk)


def _long_ago(today: date, tom: User, rosa: User) -> None:
    """Diego was homesick at camp, long ago. It is folded away, as it should be."""
    school = SCHOOL["cottonwood"].source_id
    diego = Student.objects.current().filter(
        person__source_id=BY_KEY["diego"].source_id, school__source_id=school
    ).first()  # fmt: skip
    if diego is None:
        return
    began = today - YEARS_AGO
    with clock.on(began):
        referral: Referral = actions.ask_for_support(
            student=diego,
            strength="Diego packed a dinosaur for every child who had none.",
            concern="He was homesick at camp and did not sleep the first night.",
            domain="social_emotional",
            urgency="soon",
            by=tom,
        )
    with clock.on(began + timedelta(days=2)):
        actions.answer_referrer(referral=referral, answer="He slept well after a call.", by=rosa)
        actions.note_answer_read(referral=referral, by=tom)
    with clock.on(began + timedelta(days=9)):
        actions.close(referral=referral, because=ClosedBecause.GOAL_MET, by=rosa)
