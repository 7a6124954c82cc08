"""The roles of a community school: what each is for, what it may do, how far it reaches."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.access.permissions import May


class Reach(StrEnum):
    DISTRICT = "district"
    SCHOOL = "school"
    CASELOAD = "caseload"  # the students one teaches or works with
    OWN_CHILD = "own_child"
    OWN_SELF = "own_self"
    REFERRED = "referred"  # what was referred to us


@dataclass(frozen=True)
class Role:
    key: str
    name: Promise
    purpose: Promise
    may: frozenset[May]
    reach: Reach


STAFF = frozenset({
    May.SIGN_IN, May.SEE_FRAMEWORK, May.SEE_GALLERY, May.ASK_FOR_SUPPORT, May.SEE_NUMBERS,
    May.SEE_DIRECTORY, May.SEE_LISTENING,
})  # fmt: skip
CARE = STAFF | {
    May.SEE_STUDENTS, May.SEE_REFERRALS, May.TRIAGE, May.WORK_REFERRALS, May.WRITE_RESTRICTED,
    May.SEE_PLANS, May.KEEP_ENTITLEMENTS, May.REVIEW_CLASS, May.SEE_ROWS,
    May.KEEP_DIRECTORY,
}  # fmt: skip

_ROLES = [
    Role(
        "district_lead",
        _("District lead"),
        _("Leads community schools for the district, loads its files and invites its people."),
        STAFF
        | {
            May.SEE_STUDENTS,
            May.KEEP_DIRECTORY,
            May.KEEP_AGREEMENTS,
            May.KEEP_FUNDING,
            May.SEND_COUNTY,
            May.RUN_LISTENING,
            May.SIGN_LISTENING,
            May.IMPORT_FILES,
            May.LOAD_DIRECTORY,
            May.INVITE,
            May.SEE_AUDIT,
            May.VIEW_AS,
            May.MERGE_PEOPLE,
            May.SEE_HEALTH,
        },
        Reach.DISTRICT,
    ),
    Role(
        "district_analyst",
        _("District analyst"),
        _("Loads files and answers for figures; sees who students are, never their stories."),
        STAFF
        | {
            May.SEE_STUDENTS,
            May.SEE_IDENTITY,
            May.SEE_ROWS,
            May.BUILD_TABLES,
            May.SEND_COUNTY,
            May.IMPORT_FILES,
            May.LOAD_DIRECTORY,
            May.MERGE_PEOPLE,
            May.SEE_HEALTH,
        },
        Reach.DISTRICT,
    ),
    Role(
        "principal",
        _("Principal"),
        _("Leads the school and stands behind every promise it makes."),
        CARE
        | {
            May.INVITE,
            May.SEE_AUDIT,
            May.RUN_TEAM,
            May.DOCUMENT_INSTEAD,
            May.EXPORT_ROWS,
            May.RUN_DATA_WALK,
            May.RUN_LISTENING,
            May.SIGN_LISTENING,
            May.LOAD_DIRECTORY,
            May.KEEP_FUNDING,
        },
        Reach.SCHOOL,
    ),
    Role(
        "coordinator",
        _("Community school coordinator"),
        _("Brings people and supports together and keeps the team's promises visible."),
        CARE
        | {
            May.INVITE,
            May.RUN_TEAM,
            May.EXPORT_ROWS,
            May.RUN_DATA_WALK,
            May.RUN_LISTENING,
            May.SIGN_LISTENING,
            May.KEEP_AGREEMENTS,
            May.KEEP_FUNDING,
            May.LOAD_DIRECTORY,
        },
        Reach.SCHOOL,
    ),
    Role(
        "counselor",
        _("Counselor"),
        _("Listens, keeps private things private, and works with the support team."),
        CARE | {May.READ_RESTRICTED},
        Reach.SCHOOL,
    ),
    Role(
        "teacher",
        _("Teacher"),
        _("Knows the students in class, asks for support for them and hears back."),
        STAFF | {May.SEE_STUDENTS, May.SEE_PLANS, May.REVIEW_CLASS},
        Reach.CASELOAD,
    ),
    Role(
        "case_manager",
        _("Special education case manager"),
        _("Keeps the individual plans of students on the caseload."),
        STAFF | {May.SEE_STUDENTS, May.SEE_PLANS, May.KEEP_ENTITLEMENTS},
        Reach.CASELOAD,
    ),
    Role(
        "classified_staff",
        _("Classified staff"),
        _("Keeps the school running and often notices first."),
        STAFF | {May.FIND_TO_ASK},
        Reach.SCHOOL,
    ),
    Role(
        "afterschool_lead",
        _("After-school lead"),
        _("Runs the hours after the bell."),
        STAFF | {May.SEE_STUDENTS},
        Reach.CASELOAD,
    ),
    Role(
        "family_liaison",
        _("Family liaison"),
        _("Reaches families in their language and brings their word back."),
        STAFF | {May.SEE_STUDENTS, May.KEEP_DIRECTORY},
        Reach.SCHOOL,
    ),
    Role(
        "interpreter",
        _("Interpreter"),
        _("Carries words between languages at meetings and on the phone."),
        frozenset({May.SIGN_IN}),
        Reach.SCHOOL,
    ),
    Role(
        "partner_worker",
        _("Partner worker"),
        _("Works for an organization that students are referred to."),
        frozenset({May.SIGN_IN, May.SEE_FRAMEWORK, May.ANSWER_AS_PARTNER}),
        Reach.REFERRED,
    ),
    Role(
        "council_member",
        _("Council member"),
        _("Speaks and decides for a part of the school community."),
        frozenset(
            {
                May.SIGN_IN,
                May.SEE_FRAMEWORK,
                May.SEE_NUMBERS,
                May.SEE_LISTENING,
                May.SIGN_LISTENING,
            }
        ),
        Reach.SCHOOL,
    ),
    Role(
        "union_representative",
        _("Union representative"),
        _("Speaks for educators in shared leadership."),
        frozenset({May.SIGN_IN, May.SEE_FRAMEWORK, May.SEE_NUMBERS, May.SEE_LISTENING}),
        Reach.SCHOOL,
    ),
    Role(
        "guardian",
        _("Parent or guardian"),
        _("Knows the child best; sees what is planned and who may see it."),
        frozenset({May.SIGN_IN, May.SEE_OWN_CHILD, May.SEE_PLANS, May.SEE_FRAMEWORK}),
        Reach.OWN_CHILD,
    ),
    Role(
        "student",
        _("Student"),
        _("Has the first word about their own learning and life at school."),
        frozenset({May.SIGN_IN, May.SEE_OWN_SELF, May.SEE_PLANS, May.SEE_FRAMEWORK}),
        Reach.OWN_SELF,
    ),
]
ROLES: dict[str, Role] = {role.key: role for role in _ROLES}
# "Public" is the seventeenth: everybody who has not signed in. It may open public pages, no more.


def role_choices() -> list[tuple[str, Promise]]:
    return [(role.key, role.name) for role in _ROLES]
