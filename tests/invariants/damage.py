"""Doing what the database refuses: its guards are off for one statement of this transaction."""

from django.db import connection

from tests.invariants.named import Damage


def do_damage(one: Damage) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if one.drop:
            table, constraint = one.drop
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(one.sql)
        cursor.execute("SET LOCAL session_replication_role = origin")
