from django.urls import path

from orders.intake.files import views

app_name = "import"

urlpatterns = [
    path("", views.home, name="home"),
    path("upload/", views.upload, name="upload"),
    path("template.csv", views.template, name="template"),
    path("<int:batch_id>/", views.detail, name="detail"),
    path("<int:batch_id>/rejected.csv", views.rejected, name="rejected"),
]
