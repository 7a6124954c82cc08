"""Needs in plain words: what a service offers, and what somebody looks for (`needs.toml`)."""

import re
import tomllib
import unicodedata
from importlib.resources import files

NEEDS: dict[str, list[str]] = {
    key: list(said["words"])
    for key, said in tomllib.loads(
        (files("hearth.partners") / "needs.toml").read_text(encoding="utf-8")
    ).items()
}

# How a family can pay, and the words by which a service says that it takes it.
INSURANCE: dict[str, list[str]] = {
    "medi_cal": ["medi-cal", "medi cal", "medicaid", "medical insurance accepted"],
    "private": ["private insurance", "kaiser", "blue shield", "blue cross", "ppo", "hmo",
                "seguro privado", "most insurance"],
    "none": ["uninsured", "no insurance", "without insurance", "regardless of insurance",
             "sin seguro"],
}  # fmt: skip
FREE = ["free", "no cost", "no charge", "no fee", "gratis", "gratuito", "sin costo"]

# ISO 639-2 and common names, where a file has them instead of the short code.
LANGUAGE_CODES = {
    "eng": "en", "english": "en", "ingles": "en", "spa": "es", "spanish": "es", "espanol": "es",
    "vie": "vi", "vietnamese": "vi", "zho": "zh", "chi": "zh", "chinese": "zh",
    "chinese (mandarin)": "cmn", "mandarin": "cmn", "mandarin chinese": "cmn",
    "chinese (cantonese)": "yue", "cantonese": "yue", "tgl": "tl", "tagalog": "tl", "fil": "fil",
    "filipino": "fil", "kor": "ko", "korean": "ko", "hmn": "hmn", "hmong": "hmn", "ara": "ar",
    "arabic": "ar", "rus": "ru", "russian": "ru", "hye": "hy", "armenian": "hy", "khm": "km",
    "khmer": "km", "pan": "pa", "punjabi": "pa", "farsi": "fa", "persian": "fa", "fas": "fa",
    "hindi": "hi", "hin": "hi", "urdu": "ur", "urd": "ur", "french": "fr", "fra": "fr",
    "japanese": "ja", "jpn": "ja", "portuguese": "pt", "por": "pt", "samoan": "sm", "smo": "sm",
    "somali": "so", "som": "so", "ukrainian": "uk", "ukr": "uk", "mixteco": "mix", "lao": "lo",
    "vietnamita": "vi", "chino": "zh", "tagalo": "tl", "coreano": "ko",
    "arabe": "ar", "ruso": "ru", "armenio": "hy", "ucraniano": "uk", "frances": "fr",
    "japones": "ja", "portugues": "pt",
}  # fmt: skip

FIRST_AGE = 5  # in the year in which a child is in kindergarten


def ages_of_grade(grade: str) -> tuple[int, int] | None:
    """The ages at which students are usually in this grade; None for what is no grade of ours."""
    if grade in ("TK", "PK"):
        return 4, 5
    if grade in ("KG", "K"):
        return FIRST_AGE, FIRST_AGE + 1
    if grade.isdecimal() and 1 <= int(grade) <= 12:
        return FIRST_AGE + int(grade), FIRST_AGE + int(grade) + 1
    return None


def plain(text: str) -> str:
    """Lower case, no accents, single blanks."""
    bare = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", letters))
