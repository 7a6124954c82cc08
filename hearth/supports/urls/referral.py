"""A referral: asking, the board, one referral and the acts on it."""

from django.urls import path

from hearth.supports.views import act, ask, board, referral

urlpatterns = [
    path("", board.board, name="board"),
    path("mine/", board.mine, name="mine"),
    path("new/", ask.new, name="new"),
    path("<int:pk>/", referral.referral, name="referral"),
    path("<int:pk>/asked/", ask.asked, name="asked"),
    path("<int:pk>/read/", referral.read, name="read"),
    path("<int:pk>/who-can-see/", referral.who_can_see, name="who_can_see"),
    path("<int:pk>/steps/<slug:key>/", act.step, name="step"),
    path("<int:pk>/answer/", act.answer, name="answer"),
    path("<int:pk>/notes/", act.note, name="note"),
    path("<int:pk>/notes/restricted/", referral.restricted, name="restricted"),
]
