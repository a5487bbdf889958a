"""What a page may load: sent with each of them as Content-Security-Policy."""

from csp.constants import NONE, SELF

# Nothing inline, nothing from elsewhere; `data:` images are ticks and arrows of the style sheet.
POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}
