"""Options of the test run."""

import os

import pytest

os.environ["MATHBLOG_OFFLINE"] = (
    "1"  # no test asks the network for a theme; those that fetch one have a server of their own
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected parts of tests/golden/*.md")
