"""The county's export as one file: the rows, what they are, and the signature under it."""

import io
import zipfile
from datetime import datetime

from hearth.partners.models import CountyExport

TABLE, MANIFEST, SIGNATURE = "referrals.csv", "manifest.json", "manifest.sig"


def bundle(export: CountyExport) -> bytes:
    """The same bytes each time it is fetched."""
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in (
            (TABLE, bytes(export.table)),
            (MANIFEST, export.manifest.encode()),
            (SIGNATURE, bytes(export.signature)),
        ):
            out.writestr(_entry(name, export.made_at), content)
    return page.getvalue()


def _entry(name: str, made_at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, made_at.timetuple()[:6])
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry
