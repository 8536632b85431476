"""One module per rule, each a pure generator of findings.

``RULES`` is the tuple of every rule in this folder, by code. A module of this folder
that defines ``RULE`` is a rule; nothing has to be registered.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from calcverify.checks.rule import Rule


def discover() -> tuple[Rule, ...]:
    """Every rule of this folder; two rules with one code are an error."""
    modules = (import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__) if m.name != "rule")
    found = sorted((rule for m in modules if (rule := getattr(m, "RULE", None)) is not None), key=lambda r: r.code)
    codes = [rule.code for rule in found]
    if len(set(codes)) != len(codes):
        raise ValueError(f"two rules share a code among {codes}")
    return tuple(found)


RULES: tuple[Rule, ...] = discover()
