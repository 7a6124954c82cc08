"""Class reviews, files taken out, and what folds away."""

from django.urls import URLPattern, path

from hearth.supports.views import export, review

urlpatterns: list[URLPattern] = [
    path("reviews/", review.reviews, name="reviews"),
    path("reviews/classes/<int:section>/", review.begin, name="begin_review"),
    path("reviews/<int:pk>/", review.class_review, name="class_review"),
    path("reviews/<int:pk>/finish/", review.finish, name="finish_review"),
    path("reviews/<int:pk>/students/<int:student>/", review.student, name="review_student"),
    path("exports/", export.exports, name="exports"),
    path("exports/new/", export.new, name="new_export"),
    path("exports/<int:pk>/file/", export.file, name="export_file"),
]
