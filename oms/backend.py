"""Who is signed in and what they may do, in one look."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from oms.models import User

_USER = """
SELECT u.*, ARRAY(
  SELECT c.app_label || '.' || p.codename
  FROM auth_permission p JOIN django_content_type c ON c.id = p.content_type_id
  WHERE p.id IN (
    SELECT gp.permission_id FROM oms_user_groups ug
    JOIN auth_group_permissions gp ON gp.group_id = ug.group_id WHERE ug.user_id = u.id
    UNION ALL SELECT up.permission_id FROM oms_user_user_permissions up WHERE up.user_id = u.id)) AS held
FROM oms_user u WHERE u.id = %s
"""


class OneLookBackend(ModelBackend):
    """Django's own; a request's user comes with the permissions, which every page asks for.

    Django would look for them twice more: those of the groups and those of the person.
    """

    def get_user(self, user_id: Any) -> User | None:
        user = next(iter(User.objects.raw(_USER, [user_id])), None)
        if user is None or not self.user_can_authenticate(user):
            return None
        if not user.is_superuser:
            # Where Django's backend keeps what it has looked up.
            user._perm_cache = set(user.held)  # type: ignore[attr-defined]
        return user
