"""A telephone number as a list writes it, and as a telephone dials it."""

import re

KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
EXTENSION = re.compile(r"(?:\b(?:extension|extensión|ext|x)\b|(?<=\d)x)[\s.:#]*(\d{1,7})\s*$", re.I)
SHORTEST, LONGEST = 3, 15  # 988 and 211; ITU-T E.164 knows none longer than fifteen


def dialed(number: str, extension: str = "") -> str:
    """What `tel:` takes (RFC 3966), or nothing where this is no one number.

    Ten digits are of this country. Letters stand for their keys: "273-TALK" is 273-8255.
    """
    found = EXTENSION.search(number)
    inside = extension or (found[1] if found else "")
    own = EXTENSION.sub("", number).strip().upper()
    if not re.fullmatch(r"\+?[\d\s().\-–/]*\d[\d\s().\-–/]*(?:[A-Z\-–]+\d*)?", own):
        return ""
    digits = re.sub(r"\D", "", own.translate(KEYS))
    if not SHORTEST <= len(digits) <= LONGEST:
        return ""
    if own.startswith("+") or (len(digits) == 11 and digits.startswith("1")):
        digits = f"+{digits}"
    elif len(digits) == 10:
        digits = f"+1{digits}"
    elif len(digits) > 11:
        return ""  # two numbers in one cell
    further = re.sub(r"\D", "", inside)
    return f"tel:{digits};ext={further}" if further else f"tel:{digits}"
