"""One module per rule, each a pure generator of findings.

``RULES`` is the tuple of every rule in this folder, by code. A module of this folder
that defines ``RULE`` is a rule; nothing has to be registered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from calcverify.checks.rule import Rule


def discover() -> tuple[Rule, ...]:
    """Every rule of this folder; two rules with one code are an error."""
    modules = (import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__) if m.name != "rule")
    found = sorted((rule for m in modules if (rule := getattr(m, "RULE", None)) is not None), key=lambda r: r.code)
    codes = [rule.code for rule in found]
    if len(set(codes)) != len(codes):
        raise ValueError(f"two rules share a code among {codes}")
    return tuple(found)


def by_need(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    """The rules by the word that they need."""
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in rules:
        found[rule.needs] = (*found.get(rule.needs, ()), rule)
    return found


RULES: tuple[Rule, ...] = discover()
BY_NEED: Mapping[str, tuple[Rule, ...]] = MappingProxyType(by_need(RULES))
