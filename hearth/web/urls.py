"""Every address of the house."""

from django.conf import settings
from django.urls import include, path

from hearth.web import glance, meeting, outward, search, student, student_print, views

urlpatterns = [
    path("", views.today, name="today"),
    path("search", search.search, name="search"),
    path("students/<int:pk>/", student.student, name="student"),
    path("students/<int:pk>/who-can-see/", student.who_can_see, name="who_can_see"),
    path("students/<int:pk>/identity/", student.identity, name="identity"),
    path("students/<int:pk>/print/", student_print.print_student, name="print_student"),
    path("framework/", glance.framework, name="framework"),
    path("framework/at/<slug:place>/", glance.framework_at, name="framework_at"),
    path("framework/at/<slug:place>/paper/", glance.framework_paper, name="framework_paper"),
    path(
        "framework/at/<slug:place>/<str:key>/",
        glance.framework_element,
        name="framework_element",
    ),
    path("referrals/<int:pk>/partners/", outward.with_partners, name="with_partners"),
    path("referrals/<int:pk>/partners/<int:out>/", outward.catch_up, name="catch_up"),
    path("referrals/meetings/<int:pk>/", meeting.meeting, name="meeting"),
    path("referrals/", include("hearth.supports.urls")),
    path("ask/", include("hearth.supports.urls.open_door")),
    path("directory/", include("hearth.partners.urls")),
    path("offers/", include("hearth.partners.urls.offers")),
    path("neighborhood/", include("hearth.partners.urls.neighborhood")),
    path("partner/", include("hearth.partners.urls.door")),
    path("sent-to-us/", include("hearth.partners.urls.worker")),
    path(
        "out/students/<int:student>/services/<int:service>/",
        outward.prepare,
        name="prepare_out",
    ),
    path("out/", include("hearth.partners.urls.out")),
    path("family/", include("hearth.partners.urls.home")),
    path("funding/", include("hearth.partners.urls.funding")),
    path("county/", include("hearth.partners.urls.county")),
    path("api/", include("hearth.partners.urls.county_api")),
    path("listening/", include("hearth.listening.urls")),
    path("say/", include("hearth.listening.urls.door")),
    path("heard/", include("hearth.listening.urls.checked")),
    path("people/", include("hearth.people.urls")),
    path("numbers/", include("hearth.insight.urls")),
    path("imports/", include("hearth.imports.urls")),
    path("me/", include("hearth.access.urls")),
    path("gallery/", views.gallery, name="gallery"),
    path("operations/", views.operations, name="operations"),
    path("health", views.health, name="health"),
    path("sign-in/", include("hearth.access.sign_in_urls")),
]
if "hearth.demo" in settings.INSTALLED_APPS:
    urlpatterns.append(path("demo/", include("hearth.demo.urls")))

handler400 = "hearth.web.errors.not_read"
handler404 = "hearth.web.errors.not_found"
handler403 = "hearth.web.errors.not_allowed"
handler500 = "hearth.web.errors.broke"
