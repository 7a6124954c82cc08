"""The directory, mounted at `directory/`."""

from django.urls import path

from hearth.partners.views import (
    agreements,
    assets,
    capacity,
    corrections,
    keeping,
    package,
    partner,
    search,
    service,
    worker,
)

app_name = "partners"
urlpatterns = [
    path("", search.search, name="directory"),
    path("services/<int:pk>/", service.service, name="service"),
    path("services/<int:pk>/hand-out/<slug:language>/", service.hand_out, name="hand_out"),
    path("services/<int:pk>/still-right/", keeping.verify, name="still_right"),
    path("stale/", keeping.stale, name="stale"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<int:pk>/", corrections.decide, name="correction"),
    path("assets/", assets.assets, name="assets"),
    path("assets/map.svg", assets.to_point_at, name="asset_map"),
    path("assets/<int:pk>/", assets.asset, name="asset"),
    path("assets/<int:pk>/turn/", assets.turn, name="turn_asset"),
    path("assets/<int:pk>/place/", assets.place, name="asset_place"),
    path("school/<int:pk>/place/", keeping.place, name="school_place"),
    path("services/<int:pk>/capacity/", capacity.say, name="capacity"),
    path("partners/<int:pk>/", partner.partner, name="partner"),
    path("partners/<int:pk>/ask/", capacity.ask, name="ask_to_update"),
    path("partners/<int:pk>/contacts/new/", partner.new_contact, name="new_contact"),
    path("partners/<int:pk>/agreements/new/", agreements.write, name="write_agreement"),
    path("contacts/<int:pk>/", partner.contact, name="contact"),
    path("contacts/<int:pk>/let-in/", worker.let_in, name="let_in"),
    path("contacts/<int:pk>/let-go/", worker.let_go, name="let_go"),
    path("links/<int:pk>/revoke/", partner.revoke, name="revoke_link"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.new, name="new_agreement"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/change/", agreements.change, name="change_agreement"),
    path("agreements/<int:pk>/renew/", agreements.renew, name="renew_agreement"),
    path("agreements/<int:pk>/end/", agreements.end, name="end_agreement"),
    path("package.zip", package.package, name="package"),
]
