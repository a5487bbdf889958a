"""A statement that every rule of uniqueness refuses."""


def twice(table: str, changes: str = "") -> str:
    """Put a row of `table` in a second time, under another id and with `changes` (JSON)."""
    other = '{"id": 1000000' + changes + "}"
    return f"INSERT INTO {table} SELECT (jsonb_populate_record(row, '{other}')).* FROM {table} row LIMIT 1"
