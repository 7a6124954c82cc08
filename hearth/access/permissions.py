"""The verbs. A page asks for one of them; nothing else in the house invents a permission."""

from enum import StrEnum


class May(StrEnum):
    SIGN_IN = "sign_in"  # any signed-in person: Today, own settings
    SEE_STUDENTS = "see_students"
    SEE_IDENTITY = "see_identity"
    SEE_OWN_CHILD = "see_own_child"
    SEE_OWN_SELF = "see_own_self"
    MERGE_PEOPLE = "merge_people"
    ASK_FOR_SUPPORT = "ask_for_support"
    FIND_TO_ASK = "find_to_ask"  # one student at a time, by the whole name or the number
    SEE_REFERRALS = "see_referrals"
    TRIAGE = "triage"
    WORK_REFERRALS = "work_referrals"
    READ_RESTRICTED = "read_restricted"
    WRITE_RESTRICTED = "write_restricted"
    SEE_PLANS = "see_plans"
    KEEP_ENTITLEMENTS = "keep_entitlements"
    REVIEW_CLASS = "review_class"
    RUN_TEAM = "run_team"
    DOCUMENT_INSTEAD = "document_instead"
    EXPORT_ROWS = "export_rows"
    IMPORT_FILES = "import_files"  # of every kind
    INVITE = "invite"
    SEE_NUMBERS = "see_numbers"  # figures by group, after disclosure
    SEE_ROWS = "see_rows"  # the students behind a figure, of those one sees anyway
    BUILD_TABLES = "build_tables"
    RUN_DATA_WALK = "run_data_walk"
    SEE_AUDIT = "see_audit"
    VIEW_AS = "view_as"
    SEE_DIRECTORY = "see_directory"  # what the community offers: services, places, hours
    LOAD_DIRECTORY = "load_directory"  # bring files in, look, load, undo: of this kind alone
    KEEP_DIRECTORY = "keep_directory"  # say that it is still right, take or decline corrections
    KEEP_AGREEMENTS = "keep_agreements"  # what was signed with partners, and whom one may write to
    KEEP_FUNDING = "keep_funding"  # which money pays for what, and when it ends
    SEND_COUNTY = "send_county"  # rows without names for the county, and who may fetch them
    SEE_LISTENING = "see_listening"  # what a school listens for, and what it heard
    RUN_LISTENING = "run_listening"  # projects, surveys, whom to ask, what comes back
    SIGN_LISTENING = "sign_listening"  # a version of the report, for those one speaks for
    SEE_FRAMEWORK = "see_framework"
    SEE_GALLERY = "see_gallery"
    SEE_HEALTH = "see_health"
    ANSWER_AS_PARTNER = "answer_as_partner"
