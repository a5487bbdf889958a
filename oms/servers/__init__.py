"""The project's own PostgreSQL and Valkey, from their PyPI wheels, for machines that have neither.

Used when DATABASE_URL or REDIS_URL is not set. Everything a server owns lies under one folder
(`OMS_HOME`); several checkouts run side by side on ports of their own.
"""
