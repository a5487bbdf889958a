"""The project, and what every app needs."""

from oms.celery import app as celery_app

__all__ = ["celery_app"]
