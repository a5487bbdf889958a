"""Every named constraint of our tables refuses what its name says."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.architecture.source import LAYERS
from tests.guards.refusals import REFUSALS


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSALS)
def test_the_constraint_refuses(name, busy_company):
    with (
        pytest.raises(IntegrityError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(REFUSALS[name])

    assert refusal.value.__cause__.diag.constraint_name == name


def test_every_constraint_is_proven_to_refuse():
    named = {
        constraint.name
        for app in LAYERS
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }

    # A new constraint? Add a statement that only it stops to tests/guards/refusals.py.
    assert named == set(REFUSALS)
