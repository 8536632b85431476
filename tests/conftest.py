"""What all tests share: how hypothesis draws, and the accuracy line at the end of a run."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The same examples in every run: a test that fails once in ten runs tells nobody what
# to mend. Deadlines would fail on a busy machine and say nothing about the program.
# `pytest --hypothesis-profile=explore` looks for counterexamples that nobody has seen.
settings.register_profile("repeat", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("repeat")

ACCURACY = pytest.StashKey[str]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the rates on the labelled set, which a passing test would keep to itself."""
    if ACCURACY in config.stash:
        terminalreporter.section("accuracy on the labelled set")
        terminalreporter.write_line(config.stash[ACCURACY])
