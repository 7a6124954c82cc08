"""The county's export for a program: three addresses, one token, each read kept.

The token stands before the district's rows, as a partner's link does: whoever has none learns
nothing, and a read without a live agreement is refused.
"""

import base64
import json
from importlib.resources import files

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from hearth.access.gate import PageRequest, open_page, public_page
from hearth.audit.models import Look
from hearth.kit import signing
from hearth.partners.models import CountyExport, CountyReader
from hearth.partners.models.link import hash_of
from hearth.partners.reading.county import may_send
from hearth.partners.views.county import as_answer
from hearth.schools.models import District

NEWEST = 100


@public_page()
def exports(request: PageRequest, district: District) -> HttpResponse:
    """The files made for this reader's organization, the newest first."""
    reader = _reader(request)
    if isinstance(reader, HttpResponse):
        return reader
    found = CountyExport.objects.filter(organization=reader.organization)
    _note(request, reader, reader, "the list of files")
    return JsonResponse({"exports": [_told(one) for one in found.defer("table")[:NEWEST]]})


@public_page()
def file(request: PageRequest, district: District, pk: int) -> HttpResponse:
    """One of them as a zip: the rows, the manifest and its signature."""
    reader = _reader(request)
    if isinstance(reader, HttpResponse):
        return reader
    found = CountyExport.objects.filter(organization=reader.organization, pk=pk).first()
    if found is None:
        return _no(404, "There is no such file for you.")
    _note(request, reader, found, "the file")
    return as_answer(found)


@open_page()
def public_key(request: HttpRequest) -> HttpResponse:
    """With this key anybody checks that a file came from here."""
    try:
        pem = signing.public_key(settings.HEARTH.data)
    except signing.NoKey:
        raise Http404 from None
    return HttpResponse(pem, content_type="application/x-pem-file")


@open_page()
def openapi(request: HttpRequest) -> HttpResponse:
    """What stands above, as OpenAPI 3.1."""
    return JsonResponse(described())


def described() -> dict[str, object]:
    text = (files("hearth.partners") / "openapi.json").read_text(encoding="utf-8")
    found: dict[str, object] = json.loads(text)
    return found


def _reader(request: PageRequest) -> CountyReader | HttpResponse:
    """Whose token this is, if it is good and their agreement holds today."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    today = timezone.localdate()
    reader: CountyReader | None = None
    if kind.lower() == "bearer" and token:
        rows = CountyReader.objects.good(today).select_related("organization")
        reader = rows.filter(token_hash=hash_of(token.strip())).first()
    if reader is None:
        answer = _no(401, "Send a token that holds: Authorization: Bearer …")
        answer["WWW-Authenticate"] = 'Bearer realm="county"'
        return answer
    if (refusal := may_send(reader.organization, today)) is not None:
        _note(request, reader, reader, "refused: no live agreement")
        return _no(403, refusal.words)
    return reader


def _no(status: int, words: str) -> JsonResponse:
    return JsonResponse({"detail": words}, status=status)


def _told(export: CountyExport) -> dict[str, object]:
    return {
        "id": export.pk,
        "made_at": export.made_at.isoformat(),
        "rows": export.rows,
        "manifest": export.manifest,
        "signature": base64.b64encode(bytes(export.signature)).decode(),
    }


def _note(
    request: PageRequest, reader: CountyReader, row: CountyReader | CountyExport, what: str
) -> None:
    request.looks.append(
        Look(
            district_id=reader.district_id, by=None, by_name=reader.name[:200],
            about=row._meta.label_lower, about_id=row.pk, page="county's export",
            why=f"token {reader.pk}: {what}",
        )
    )  # fmt: skip
