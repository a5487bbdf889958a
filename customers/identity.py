"""The keys by which a customer is recognised."""

# Shorter numbers are extensions, shared by many.
PHONE_DIGITS = 7
_COMPARED_DIGITS = 11


def phone_key(phone: str) -> str:
    """For a telephone number, however it is written; "" for one that recognises nobody."""
    digits = "".join(char for char in phone if char.isdigit())
    return f"phone:{digits[-_COMPARED_DIGITS:]}" if len(digits) >= PHONE_DIGITS else ""


def channel_key(channel: str, customer_no: str) -> str:
    """For the number that a channel (its code) gave the customer."""
    return f"channel:{channel}:{customer_no}"
