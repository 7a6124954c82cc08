from django.urls import path

from hearth.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("come-in/<slug:key>", views.sign_in, name="sign_in"),
]
