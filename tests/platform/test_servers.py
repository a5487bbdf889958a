import pytest
from django.core.cache import cache
from django.db import connection

EXTENSIONS = {"pg_trgm", "btree_gin", "btree_gist", "unaccent", "pg_stat_statements"}


@pytest.mark.django_db
def test_the_test_database_is_postgresql_18_in_utf8_with_our_extensions():
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
        cursor.execute("SELECT extname FROM pg_extension")
        extensions = {row[0] for row in cursor.fetchall()}

    assert version.split(".")[0] == "18"
    assert encoding == "UTF8"
    assert extensions >= EXTENSIONS


def test_the_cache_is_a_real_server():
    cache.set("greeting", "你好", 5)

    assert cache.get("greeting") == "你好"
