"""Referrals to partners and what families allow, mounted at `out/`."""

from django.urls import path

from hearth.partners.views import at_home, consent, log, out, outward

app_name = "out"
urlpatterns = [
    path("", out.board, name="board"),
    path("students/<int:student>/", out.choose, name="choose"),
    path("students/<int:student>/services/<int:service>/ask/", consent.ask, name="ask"),
    path("students/<int:student>/home/", at_home.at_home, name="at_home"),
    path("referrals/<int:pk>/", outward.referral, name="referral"),
    path("referrals/<int:pk>/said/", outward.said, name="said"),
    path("referrals/<int:pk>/take-back/", outward.take_back, name="take_back"),
    path("referrals/<int:pk>/ask-family/", outward.ask_family, name="ask_family"),
    path("referrals/<int:pk>/met/", outward.met, name="met"),
    path("referrals/<int:pk>/given/new/", log.write, name="write_given"),
    path("log/", log.log, name="log"),
    path("log/file.csv", log.as_file, name="log_file"),
    path("log/<int:pk>/put-right/", log.put_right, name="put_right_given"),
    path("log/<int:pk>/strike/", log.strike, name="strike_given"),
    path("consents/<int:pk>/", consent.consent, name="consent"),
    path("consents/<int:pk>/link/", consent.link, name="consent_link"),
    path("consents/<int:pk>/paper/", consent.paper, name="consent_paper"),
    path("consents/<int:pk>/answer/", consent.answer, name="consent_answer"),
    path("consents/<int:pk>/withdraw/", consent.withdraw, name="consent_withdraw"),
    path("consents/<int:pk>/say/", at_home.say, name="say"),
]
