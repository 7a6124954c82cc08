"""The team, its meetings and decisions, and what a COST is."""

from django.urls import path

from hearth.supports.views import decision, meeting, meeting_item, paper, team

urlpatterns = [
    path("team/", team.home, name="team_home"),
    path("team/<int:school>/", team.team, name="team"),
    path("team/<int:school>/set-up/<slug:key>/", team.step, name="team_step"),
    path("team/<int:school>/ready/", team.finish, name="team_finish"),
    path("team/<int:school>/plan/", meeting.plan, name="meeting_plan"),
    path("meetings/", meeting.meetings, name="meetings"),
    path("meetings/<int:pk>/open/", meeting.open_meeting, name="meeting_begin"),
    path("meetings/<int:pk>/present/", meeting.present, name="meeting_present"),
    path("meetings/<int:pk>/names/", meeting.names, name="meeting_names"),
    path("meetings/<int:pk>/items/<int:item>/", meeting_item.item, name="meeting_item"),
    path("meetings/<int:pk>/items/<int:item>/leave/", meeting_item.leave, name="meeting_leave"),
    path("meetings/<int:pk>/read-back/", meeting.read_back, name="meeting_read_back"),
    path("meetings/<int:pk>/close/", meeting.close, name="meeting_close"),
    path("meetings/<int:pk>/minutes.pdf", paper.minutes, name="meeting_minutes"),
    path("meetings/<int:pk>/agenda.pdf", paper.agenda_sheet, name="meeting_agenda"),
    path("decisions/<int:pk>/done/", decision.done, name="decision_done"),
    path("decisions/<int:pk>/take-back/", decision.take_back, name="decision_take_back"),
    path("about/<slug:key>/", paper.sheet, name="sheet"),
    path("about/<slug:key>/<slug:language>.pdf", paper.sheet_on_paper, name="sheet_on_paper"),
]
