"""The addresses of this room, mounted at `referrals/`: one file per noun."""

from hearth.supports.urls import door, legal, meeting, plan, referral, review

app_name = "supports"
urlpatterns = [
    *referral.urlpatterns,
    *door.urlpatterns,
    *legal.urlpatterns,
    *meeting.urlpatterns,
    *plan.urlpatterns,
    *review.urlpatterns,
]
