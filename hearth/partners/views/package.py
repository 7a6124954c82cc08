"""The whole directory as a package, for whoever keeps it and for any other system."""

import io

from django.http import HttpResponse
from django.utils import timezone

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.partners.reading.package import write_package
from hearth.schools.models import District


@page(May.KEEP_DIRECTORY)
def package(request: PageRequest) -> HttpResponse:
    """HSDS 3 in one zip. There is nothing about any student in it."""
    district = District.objects.get(pk=request.district_id)
    out = io.BytesIO()
    write_package(out, name=district.slug)
    name = f"{district.slug}-directory-{timezone.localdate().isoformat()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(out.getvalue(), content_type="application/zip", headers=headers)
