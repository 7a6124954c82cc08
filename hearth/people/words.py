"""Codes of a roster file as words on a screen."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LANGUAGES = {
    "ar": gettext_lazy("Arabic"),
    "cmn": gettext_lazy("Mandarin"),
    "en": gettext_lazy("English"),
    "es": gettext_lazy("Spanish"),
    "fa": gettext_lazy("Farsi"),
    "fil": gettext_lazy("Filipino"),
    "fr": gettext_lazy("French"),
    "hi": gettext_lazy("Hindi"),
    "hmn": gettext_lazy("Hmong"),
    "hy": gettext_lazy("Armenian"),
    "ja": gettext_lazy("Japanese"),
    "km": gettext_lazy("Khmer"),
    "ko": gettext_lazy("Korean"),
    "lo": gettext_lazy("Lao"),
    "mix": gettext_lazy("Mixteco"),
    "pa": gettext_lazy("Punjabi"),
    "pt": gettext_lazy("Portuguese"),
    "ru": gettext_lazy("Russian"),
    "sm": gettext_lazy("Samoan"),
    "so": gettext_lazy("Somali"),
    "te": gettext_lazy("Telugu"),
    "tl": gettext_lazy("Tagalog"),
    "uk": gettext_lazy("Ukrainian"),
    "ur": gettext_lazy("Urdu"),
    "vi": gettext_lazy("Vietnamese"),
    "yue": gettext_lazy("Cantonese"),
    "zh": gettext_lazy("Chinese"),
}
RELATIONSHIPS = {
    "mother": gettext_lazy("mother"),
    "father": gettext_lazy("father"),
    "parent": gettext_lazy("parent"),
    "guardian": gettext_lazy("guardian"),
    "grandparent": gettext_lazy("grandparent"),
    "grandmother": gettext_lazy("grandmother"),
    "grandfather": gettext_lazy("grandfather"),
    "aunt": gettext_lazy("aunt"),
    "uncle": gettext_lazy("uncle"),
    "sibling": gettext_lazy("brother or sister"),
    "foster parent": gettext_lazy("foster parent"),
    "stepfather": gettext_lazy("stepfather"),
    "stepmother": gettext_lazy("stepmother"),
    "stepparent": gettext_lazy("stepparent"),
    "relative": gettext_lazy("relative"),
    "caregiver": gettext_lazy("caregiver"),
}
RACES = {
    "american_indian": gettext_lazy("American Indian or Alaska Native"),
    "asian": gettext_lazy("Asian"),
    "black": gettext_lazy("Black or African American"),
    "pacific_islander": gettext_lazy("Native Hawaiian or other Pacific Islander"),
    "white": gettext_lazy("White"),
    "two_or_more": gettext_lazy("Two or more races"),
}
GENDERS = {
    "F": gettext_lazy("female"),
    "M": gettext_lazy("male"),
    "X": gettext_lazy("nonbinary"),
}
EARLY_GRADES = {
    "IT": gettext_lazy("Infant and toddler"),
    "PR": gettext_lazy("Preschool"),
    "PK": gettext_lazy("Prekindergarten"),
    "TK": gettext_lazy("Transitional kindergarten"),
    "KG": gettext_lazy("Kindergarten"),
}


def language_name(code: str) -> str:
    """The language in the reader's own words; a code that nobody taught us stands for itself."""
    return str(LANGUAGES.get(code.lower().split("-")[0], code))


def relationship_name(relationship: str) -> str:
    return str(RELATIONSHIPS.get(relationship.lower(), relationship))


def grade_name(grade: str) -> str:
    if grade.isdigit():
        return _("Grade %(grade)d") % {"grade": int(grade)}
    return str(EARLY_GRADES.get(grade, grade))


def grade_order(grade: str) -> int:
    """Where a grade stands from the youngest on; unknown ones come last."""
    if grade.isdigit():
        return len(EARLY_GRADES) + int(grade)
    return list(EARLY_GRADES).index(grade) if grade in EARLY_GRADES else 99
