"""Words that a new team may begin with and change: norms, a welcome, an agenda, what a COST is."""

from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Part:
    """A heading with sentences, a list or a table under it: the same on the screen and on paper."""

    heading: str
    paragraphs: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    @property
    def on_paper(self) -> dict[str, object]:
        said: dict[str, object] = {
            "heading": self.heading, "paragraphs": self.paragraphs, "list": self.lines,
        }  # fmt: skip
        if self.rows:
            return {**said, "table": {"headings": self.headings, "rows": self.rows}}
        return said


@dataclass(frozen=True)
class Sheet:
    title: str
    lead: str
    parts: list[Part]
    foot: str

    @property
    def on_paper(self) -> dict[str, object]:
        return {
            "title": self.title,
            "lead": self.lead,
            "foot": self.foot,
            "sections": [part.on_paper for part in self.parts],
        }


def norms() -> str:
    return "\n".join(
        [
            _("We begin with what goes well for each student."),
            _("We speak of a student as if they and their family sat with us."),
            _("What is said here stays here."),
            _("We describe what we saw and heard. We do not guess why, and we label nobody."),
            _("Each decision leaves with one name and one date."),
            _("If it is about somebody you care for at home, you step out."),
            _("We start on time and we end on time."),
        ]
    )


def welcome(language: str) -> str:
    with translation.override(language):
        return _(
            "Do you wish somebody would help with something at school or at home? Tell us. You may "
            "ask for your child, for a friend or for yourself, in your language. You will hear "
            "from a person within one school week."
        )


def for_families() -> Sheet:
    """One page: what the team is and is not, and what a family may ask."""
    return Sheet(
        title=_("What is the Coordination of Services Team?"),
        lead=_(
            "The Coordination of Services Team (COST) is a small group of adults of your school. "
            "They meet often and think about one question: what would help this student now?"
        ),
        parts=[
            Part(
                _("What it does"),
                lines=[
                    _("It listens to what goes well first, and then to what is hard."),
                    _(
                        "It looks for help: a tutor, a counselor, a group, food, glasses, a ride, "
                        "a word with the teacher."
                    ),
                    _("One person of the team stays with it until the help has really begun."),
                    _("Whoever asked hears back within one school week."),
                ],
            ),
            Part(
                _("What it is not"),
                lines=[
                    _(
                        "It is not discipline. Nobody gets in trouble because somebody asked "
                        "for help."
                    ),
                    _(
                        "It is not a gate to special education. If you want your child assessed "
                        "for special education or a 504 plan, you may ask for that at any time. "
                        "The school must answer in writing, and it may not make you wait for "
                        "this team."
                    ),
                    _("It does not ask about immigration, and it is free."),
                ],
            ),
            Part(
                _("What you may ask"),
                lines=[
                    _("Who is on the team? Who will talk about my child?"),
                    _("What was written down? May I read it and have a mistake mended?"),
                    _("Who has looked at it?"),
                    _("Can somebody interpret for me? It costs you nothing."),
                    _("May I say no? Yes. The help you choose is the help you get."),
                ],
            ),
            Part(
                _("How to ask"),
                paragraphs=[
                    _(
                        "Talk to any adult at school whom you trust, call the office, or use the "
                        "school's page. If somebody is in danger now, call 911. To talk with "
                        "somebody day or night, call or text 988."
                    )
                ],
            ),
        ],
        foot=_("Please share this page."),
    )


def _minutes(n: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}


def for_a_meeting() -> Sheet:
    """An agenda of 45 minutes to begin with, on paper or before there is any referral."""
    rows = [
        [_minutes(2), _("How we work together"), _("Somebody reads the norms aloud.")],
        [
            _minutes(10),
            _("The whole school"),
            _("What came in, who was linked, who still waits. What do we see across classes?"),
        ],
        [
            _minutes(12),
            _("New referrals"),
            _("One at a time, strengths first. Who looks after it, and what comes next?"),
        ],
        [
            _minutes(8),
            _("Due and gone quiet"),
            _("What was promised for today? Where has nothing moved?"),
        ],
        [
            _minutes(5),
            _("To close or step up"),
            _("Did it help? End it, go on, or try something stronger."),
        ],
        [
            _minutes(5),
            _("What we cannot offer yet"),
            _("Which service is missing or full, and who will look for more?"),
        ],
        [
            _minutes(3),
            _("Read back"),
            _("Every decision aloud: what, who, by when. Who tells the person who asked?"),
        ],
    ]
    return Sheet(
        title=_("A sample agenda for your team"),
        lead=_("45 minutes, every week or every two. Change what does not fit your school."),
        parts=[
            Part(
                _("The meeting"),
                headings=[_("How long"), _("What"), _("How")],
                rows=rows,
            ),
            Part(
                _("Who does what"),
                lines=[
                    _("One leads the meeting and keeps it kind."),
                    _("One takes notes: what was decided, by whom, until when."),
                    _("One keeps the time."),
                    _("Each referral has one person who sees it through."),
                ],
            ),
            Part(_("How we work together"), lines=norms().splitlines()),
            Part(
                _("When time runs out"),
                paragraphs=[_("Stop on time. What you did not come to stands first next time.")],
            ),
        ],
        foot=_("Please share this page."),
    )
