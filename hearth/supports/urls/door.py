"""What was asked at the school's door, and calls for safety."""

from django.urls import path

from hearth.supports.views import door, phrases, posters, safety

urlpatterns = [
    path("door/", door.waiting, name="door"),
    path("door/call/", door.call_taken, name="call_taken"),
    path("door/posters/", posters.posters, name="posters"),
    path("door/posters/<int:pk>/<slug:language>/", posters.poster, name="poster"),
    path("door/<int:pk>/", door.asked, name="request"),
    path("door/<int:pk>/join/", door.join, name="join"),
    path("door/<int:pk>/join/<int:referral>/", door.join_open, name="join_open"),
    path("door/<int:pk>/answer/", door.answer, name="asker_answer"),
    path("door/<int:pk>/told/", door.said, name="asker_told"),
    path("safety/<int:pk>/", safety.call, name="safety_call"),
    path("safety/<int:pk>/take/", safety.take, name="take_call"),
    path("safety/<int:pk>/finish/", safety.finish, name="finish_call"),
    path("phrases/", phrases.listed, name="phrases"),
    path("phrases/new/", phrases.add, name="add_phrase"),
    path("phrases/end/", phrases.end, name="end_phrase"),
]
