"""`bin/test`: the tests, with every argument handed to pytest."""

import sys

import pytest


def main() -> int:
    """Run pytest; returns its exit code."""
    return pytest.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
