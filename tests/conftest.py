"""Options of the test run."""

import os
import tempfile

import pytest

os.environ["MATHBLOG_OFFLINE"] = (
    "1"  # no test asks the network for a theme; those that fetch one have a server of their own
)
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(
    prefix="mathblog-tests-"
)  # no test makes a key among the settings of who runs it


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected parts of tests/golden/*.md")
