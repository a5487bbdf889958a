"""What an API token may be limited to. A token never does more than its user's role does."""

SCOPES = (
    "orders:read",
    "orders:write",
    "stock:read",
    "stock:write",
    "products:read",
    "products:write",
    "customers:read",
    "customers:write",
)
