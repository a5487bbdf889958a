#!/usr/bin/env python3
"""Django's command line; starts the project's own servers first when none are named."""

import os
import sys
from contextlib import ExitStack

from django.core.management import execute_from_command_line

from oms.env import BadSetting
from oms.servers.home import Home, ServerProblem, export_secret_key
from oms.servers.session import embedded_servers, needs_servers


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oms.settings")
    with ExitStack() as stack:
        export_secret_key(Home.from_environment())
        if needs_servers(sys.argv):
            stack.enter_context(embedded_servers())
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except (ServerProblem, BadSetting) as problem:
        sys.exit(f"error: {problem}")
