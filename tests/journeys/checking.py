"""What must hold on every page that anybody opens in a journey."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from hearth.web import messages
from tests.cast import STUDENTS

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SMALLEST_TARGET = 24
# Words that no Spanish sentence of ours holds.
ENGLISH = re.compile(r"\b(the|and|you|your|what|who|this|with|for|nobody|they)\b", re.IGNORECASE)
# What the people of the cast have written themselves; a page shows it as it is.
WRITTEN = {*STUDENTS.values(), "Grade 4, room 12", "Biology", "Hide names"}

TOO_SMALL = """least => [...document.querySelectorAll(
  'button, summary, select, textarea, input:not([type=hidden]), a.btn, nav a')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.visually-hidden'))
  .map(e => [e.closest('label') ?? e, e])
  .map(([shape, e]) => [shape.getBoundingClientRect(), e])
  .filter(([r]) => r.width && (r.width < least || r.height < least))
  .map(([r, e]) => `${e.outerHTML.slice(0, 120)} is ${Math.round(r.width)}×${Math.round(r.height)}`)
"""
WORDS = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement;
    if (['SCRIPT', 'STYLE', 'TEXTAREA'].includes(at.tagName)) continue;
    if (at.closest('[lang]') !== document.documentElement || at.closest('bdi')) continue;
    found.push(walk.currentNode.textContent);
  }
  for (const name of ['placeholder', 'aria-label', 'title', 'alt', 'data-label'])
    for (const e of document.querySelectorAll(`[${name}]`))
      if (e.hasAttribute(name)) found.push(e.getAttribute(name));
  return [...found, document.title].map(t => t.replace(/\\s+/g, ' ').trim()).filter(t => t);
}"""
TOO_WIDE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return '';
  const beyond = [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > page.clientWidth + 1)
    .slice(0, 3).map(e => e.outerHTML.slice(0, 100));
  return `${page.scrollWidth} of ${page.clientWidth} px: ${beyond.join(' | ')}`;
}"""


def troubles_on(page: Page, language: str) -> list[str]:
    """Everything that is wrong with this page as it stands, each in words."""
    wide = page.evaluate(TOO_WIDE)
    return [
        *_axe(page),
        *([f"it scrolls sideways: {wide}"] if wide else []),
        *(f"too small to touch: {said}" for said in page.evaluate(TOO_SMALL, SMALLEST_TARGET)),
        *_language(page, language),
    ]


def _axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found: Any = page.evaluate(f"() => axe.run(document, {json.dumps(AXE_OPTIONS)})")
    return [
        f"axe {violation['id']}: {violation['help']} – {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"][:2]
    ]


def _language(page: Page, language: str) -> list[str]:
    said = page.locator("html").get_attribute("lang")
    if said != language:
        return [f"the page says it is in “{said}”, not “{language}”"]
    if language == "en":
        return []
    ours = untranslated_here()
    left = [
        text
        for text in page.evaluate(WORDS)
        if (text in ours and text not in WRITTEN)
        or (ENGLISH.search(text) and not _is_written_by_somebody(text))
    ]
    return [f"left in English: “{text}”" for text in sorted(set(left))]


def _is_written_by_somebody(text: str) -> bool:
    """Whole, or cut short by an ellipsis."""
    begun = text.removeprefix(": ").removesuffix("…").rstrip()
    cut = text.endswith("…")
    return any(part in text or (cut and part.startswith(begun)) for part in WRITTEN)


@lru_cache
def untranslated_here() -> frozenset[str]:
    """Every English word of the house whose Spanish is another, or is not there yet."""
    spanish = {message.id: message.string for message in messages.read("es") if message.id}
    found = set()
    for _file, _line, words, _context in messages.words_in_the_house():
        for text in [words] if isinstance(words, str) else [w for w in words if w]:
            if spanish.get(text) != text and "%(" not in text:
                found.add(" ".join(text.split()))
    return frozenset(found)
