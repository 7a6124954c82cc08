"""What is heard and what is made of it: mounted beside the projects."""

from django.urls import path

from hearth.listening.views import (
    coding,
    conditions,
    findings,
    gap,
    heard,
    outside,
    reach,
    report,
    share_back,
    synthesis,
    to_hear,
)

urlpatterns = [
    path("waiting/", to_hear.waits, name="waiting"),
    path("conditions/", conditions.conditions, name="conditions"),
    path("conditions/change/", conditions.set_conditions, name="set_conditions"),
    path(
        "<int:pk>/report/<int:number>/back/<slug:audience>/",
        share_back.share_back,
        name="share_back",
    ),
    path(
        "<int:pk>/report/<int:number>/back/<slug:audience>/<slug:language>/",
        share_back.paper,
        name="share_back_paper",
    ),
    path(
        "<int:pk>/report/<int:number>/posters/<slug:language>/",
        share_back.posters,
        name="report_posters",
    ),
    path("schools/", synthesis.synthesis, name="synthesis"),
    path("schools/paper/<slug:language>/", synthesis.paper, name="synthesis_paper"),
    path("<int:pk>/strategies/", conditions.strategies, name="strategies"),
    path("<int:pk>/strategies/<slug:strategy>/", conditions.decide, name="decide_phase"),
    path("<int:pk>/heard/", heard.heard, name="heard"),
    path("<int:pk>/heard/forum/", heard.forum, name="forum"),
    path("<int:pk>/heard/<slug:kind>/new/", heard.write, name="write_down"),
    path("<int:pk>/sorting/", coding.sorting, name="sorting"),
    path("<int:pk>/sorting/<slug:kind>/<int:thing>/", coding.sort, name="sort"),
    path("<int:pk>/quotes/<int:interview>/", coding.quote, name="quote"),
    path("<int:pk>/findings/", findings.findings, name="findings"),
    path("<int:pk>/findings/new/", findings.write, name="new_finding"),
    path("<int:pk>/findings/<int:finding>/", findings.write, name="finding"),
    path("<int:pk>/findings/<int:finding>/recommend/", findings.recommend, name="recommend"),
    path("<int:pk>/check/", findings.open_check, name="open_check"),
    path("<int:pk>/gap/", gap.gap, name="gap"),
    path("<int:pk>/outside/", outside.outside, name="outside"),
    path("<int:pk>/outside/new/", outside.bring, name="bring_outside"),
    path("<int:pk>/outside/<int:brought>/back/", outside.take_back, name="take_back_outside"),
    path("<int:pk>/outside/figures/<int:figure>/lay/", outside.lay, name="lay_outside"),
    path("<int:pk>/reached/", reach.missing, name="missing"),
    path("<int:pk>/reached/<slug:group>/", reach.say, name="say_reached"),
    path("<int:pk>/report/", report.report, name="report"),
    path("<int:pk>/report/make/", report.make, name="make_report"),
    path("<int:pk>/report/<int:number>/sign/", report.sign, name="sign_report"),
    path("<int:pk>/report/<int:number>/paper/<slug:language>/", report.paper, name="report_paper"),
]
