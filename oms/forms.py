from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """Name and password, written so that password managers recognise them."""

    error_messages = {
        "invalid_login": _(
            "Name and password do not match. Check capital letters, then try again."
        ),
        "inactive": _("This log-in is switched off. Ask an administrator to switch it on."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Log-in name")
        self.fields["password"].label = _("Password")
        for name, attrs in {
            "username": {
                "autocapitalize": "none",
                "autocomplete": "username",
                "spellcheck": "false",
            },
            "password": {"autocomplete": "current-password"},
        }.items():
            field = self.fields[name]
            field.widget.attrs.update(attrs)
            if isinstance(field, forms.CharField):
                field.error_messages["required"] = (
                    _("Enter your log-in name") if name == "username" else _("Enter your password")
                )
