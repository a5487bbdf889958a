from django.urls import include, path

from orders.intake.files import template_views, views
from orders.intake.wizard import home
from orders.intake.wizard import views as wizard

app_name = "import"

steps = [
    path("", wizard.draft, name="draft"),
    path("columns/", wizard.columns, name="columns"),
    path("check/", wizard.check, name="check"),
    path("correct/", wizard.correct_cells, name="correct"),
    path("go-on/", wizard.go_on, name="go_on"),
    path("progress/", wizard.progress, name="progress"),
    path("drop/", wizard.drop, name="drop"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("upload/", wizard.upload, name="upload"),
    path("template.csv", template_views.as_csv, name="template"),
    path("template.xlsx", template_views.as_xlsx, name="template_xlsx"),
    path("draft/<int:draft_id>/", include(steps)),
    path("<int:batch_id>/", views.detail, name="detail"),
    path("<int:batch_id>/undo/", views.undo, name="undo"),
    path("<int:batch_id>/rejected.csv", views.rejected, name="rejected"),
]
