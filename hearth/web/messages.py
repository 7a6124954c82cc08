"""Words and their translations, with Babel alone: no gettext tools need to be on the machine.

A language of the whole house holds every word. A language of families holds those that families
read, in the files that `hearth/locale/families.toml` names.

python -m hearth.web.messages compile   # .po -> .mo
python -m hearth.web.messages update    # gather new words into the .po, drop what is gone
python -m hearth.web.messages check     # fail when a word is missing or untranslated
"""

import ast
import io
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from hearth.kit.family_languages import family_languages

HEARTH = Path(__file__).resolve().parents[1]
FAMILIES = HEARTH / "locale" / "families.toml"
LANGUAGES = ("es",)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def catalog_file(language: str) -> Path:
    return HEARTH / "locale" / language / "LC_MESSAGES" / "django.po"


@cache
def words_in_the_house() -> tuple[tuple[str, int, str | tuple[str, ...], str | None], ...]:
    """Every translatable word: (file, line, text or plural pair, context)."""
    return tuple(_found())


def _found() -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    for file in sorted(HEARTH.rglob("*")):
        if file.suffix not in (".py", ".html", ".txt") or "migrations" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        source = text if file.suffix == ".py" else _as_python(text, file)
        found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
        for line, words, _comments, context in found:
            yield str(file.relative_to(HEARTH.parent)), line, words, context
        if file.suffix == ".py":
            for line, word in inside_f_strings(text):
                yield str(file.relative_to(HEARTH.parent)), line, word, None


def inside_f_strings(source: str) -> Iterator[tuple[int, str]]:
    """Words asked for between the braces of an f-string, which Babel reads as plain text."""
    joined = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr))
    for call in (node for whole in joined for node in ast.walk(whole)):
        match call:
            case ast.Call(
                func=ast.Name(id="_" | "gettext" | "gettext_lazy"),
                args=[ast.Constant(value=str(word))],
            ):
                yield call.lineno, word


def _as_python(template: str, file: Path) -> str:
    """A template with its words as calls of gettext; its indentation means nothing to Python."""
    lines = templatize(template, origin=str(file)).splitlines()
    return "\n".join(line.strip() for line in lines)


def gathered(*, for_families: bool = False) -> Catalog:
    """Every word, or those alone that families read."""
    catalog, told = Catalog(), told_to_families()
    for file, line, words, context in words_in_the_house():
        if not for_families or line in told.get(file, ()):
            # Line numbers would change the file with every edit of a page.
            catalog.add(words, None, [(file, 0)], context=context)
    return catalog


@cache
def told_to_families() -> dict[str, set[int]]:
    """The lines that families read of each file, as `families.toml` names them."""
    said = tomllib.loads(FAMILIES.read_text(encoding="utf-8"))
    return {
        f"{HEARTH.name}/{name}": set(_lines(HEARTH / name, parts))
        for files in said.values()
        for name, parts in files.items()
    }


def _lines(file: Path, parts: str | list[str]) -> Iterator[int]:
    source = file.read_text(encoding="utf-8")
    if parts == "*":
        yield from range(1, source.count("\n") + 2)
        return
    tree = ast.parse(source)
    for name in parts:
        node: ast.AST = tree
        for step in name.split("."):
            node = next(one for one in ast.iter_child_nodes(node) if step in _names(one))
        yield from (each.lineno for each in ast.walk(node) if isinstance(each, ast.expr))


def _names(node: ast.AST) -> list[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [each.id for each in targets if isinstance(each, ast.Name)]
    return []


def catalogs() -> Iterator[tuple[str, Catalog]]:
    """Each language with the words that it has to hold."""
    house = gathered()
    yield from ((language, house) for language in LANGUAGES)
    families = gathered(for_families=True)
    yield from ((language, families) for language in family_languages())


def read(language: str) -> Catalog:
    file = catalog_file(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def update() -> None:
    """Add new words without a translation, drop words nobody uses, keep the rest."""
    for language, template in catalogs():
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        file = catalog_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            write_po(stream, catalog, width=100, omit_header=False, include_lineno=False,
                     sort_output=True)  # fmt: skip


def compile_messages() -> None:
    for language in (*LANGUAGES, *family_languages()):
        with catalog_file(language).with_suffix(".mo").open("wb") as stream:
            write_mo(stream, read(language))


def faults() -> list[str]:
    """What keeps a language from being complete, each in words."""
    found = []
    for language, template in catalogs():
        catalog = read(language)
        for message in template:
            if not message.id:
                continue
            held = catalog.get(_key(message), message.context)
            if held is None or not _complete(held):
                found.append(
                    f"{language}: not translated: {message.id!r} ({message.locations[0][0]})"
                )
            elif _placeholders(held.id) != _placeholders(held.string):
                found.append(f"{language}: other placeholders than the English: {message.id!r}")
        wanted = {(_key(m), m.context) for m in template}
        found += [
            f"{language}: nobody uses {m.id!r} any more"
            for m in catalog
            if m.id and (_key(m), m.context) not in wanted
        ]
    return found


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (list, tuple)) else message.id


def _complete(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings)


def _placeholders(text: str | tuple[str, ...] | list[str] | None) -> set[str]:
    parts = text if isinstance(text, (list, tuple)) else (text or "",)
    return {a or b for part in parts[-1:] for a, b in PLACEHOLDER.findall(part)}


def main() -> int:
    settings.configure()
    match sys.argv[1:]:
        case ["compile"]:
            compile_messages()
        case ["update"]:
            update()
        case ["check"]:
            wrong = faults()
            sys.stdout.writelines(f"{line}\n" for line in wrong)
            if wrong:
                sys.stdout.write("Run `make messages`, then fill the gaps in hearth/locale.\n")
            return 1 if wrong else 0
        case _:
            sys.stdout.write(__doc__ or "")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
