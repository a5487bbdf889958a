"""Security headers that neither Django nor the content policy in the settings covers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

NOT_USED = (
    "accelerometer", "autoplay", "display-capture", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "usb",
)  # fmt: skip
"""Browser features no page needs. The camera stays allowed: phones scan with it."""

PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in NOT_USED)


def private_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Adds Permissions-Policy; pages of signed-in people are not kept by browser or proxy."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
