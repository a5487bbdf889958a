from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from oms import views
from oms.access import public
from oms.forms import LoginForm

urlpatterns = [
    path(
        "login/",
        public(LoginView.as_view(authentication_form=LoginForm, redirect_authenticated_user=True)),
        name="login",
    ),
    path("logout/", public(LogoutView.as_view()), name="logout"),
    path("language/", views.set_language, name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("hotkeys/", views.set_hotkeys, name="set_hotkeys"),
    path("ui/find/", views.find_anything, name="find"),
    path("ui/counts/", views.counts, name="counts"),
    path("help/", views.help_page, name="help"),
]
