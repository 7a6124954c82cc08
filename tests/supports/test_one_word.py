"""A referral is a referral; a request is what was asked at the door. In both languages."""

import re
from collections.abc import Iterator

from hearth.web.messages import read, words_in_the_house

# What is a request beside those of the door says for what, each time.
SAID_WHOLE = re.compile(r"[Rr]equests? for (an assessment|support instead of discipline)")
REQUEST = re.compile(r"\brequests?\b", re.IGNORECASE)
# In Spanish, what the door's request is called, and what every other one is.
OF_DOOR, OTHER = re.compile(r"\bpetici[oó]n", re.IGNORECASE), re.compile(r"\bsolicitud")


def said() -> Iterator[tuple[str, str]]:
    for file, _line, words, _context in words_in_the_house():
        if "supports" in file or "hearth/web" in file:
            yield file, words if isinstance(words, str) else words[0]


def is_of_door(file: str) -> bool:
    return "/door" in file


def test_request_alone_is_said_at_the_door_and_nowhere_else() -> None:
    wrong = [
        (file, words)
        for file, words in said()
        if REQUEST.search(SAID_WHOLE.sub("", words)) and not is_of_door(file)
    ]
    assert not wrong, "A referral is called a referral; another request says for what."


def test_in_spanish_the_two_have_two_words_as_well() -> None:
    spanish = read("es")
    wrong = []
    for file, words in said():
        message = spanish.get(words)
        told = (message.string if message else "") or ""
        told = told if isinstance(told, str) else told[0]
        request = REQUEST.search(SAID_WHOLE.sub("", words))
        if request and (OTHER.search(told) or not OF_DOOR.search(told)):
            wrong.append((file, told))
        if not request and OF_DOOR.search(told):
            wrong.append((file, told))
        if "referral" in words.lower() and not OTHER.search(told.lower()):
            wrong.append((file, told))
    assert not wrong, "solicitud de apoyo is a referral; petición is the door's request."


def test_the_test_hears_a_request_that_should_be_a_referral() -> None:
    assert REQUEST.search(SAID_WHOLE.sub("", "The team read the request"))
    assert not REQUEST.search(SAID_WHOLE.sub("", "You wrote this request for an assessment down."))
