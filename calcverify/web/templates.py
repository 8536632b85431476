"""The templates of the page: everything that is put into them is escaped unless it says that it is markup."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from calcverify.version import __version__
from calcverify.web.words import say


@cache
def environment() -> Environment:
    """The templates, compiled when first used."""
    return Environment(
        loader=PackageLoader("calcverify.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, lang: str, **values: Any) -> str:
    """``template`` filled in; ``say(word, name=value)`` gives its words in ``lang``."""
    found = environment().get_template(template)
    # A refusal knows the language from the address: the form may not have been read.
    address = "?lang=en" if lang == "en" else ""
    words = partial(say_in, lang)
    return found.render(say=words, lang=lang, in_lang=address, version=__version__, markup=Markup, **values)


def say_in(lang: str, word: str, **values: object) -> str:
    """:func:`calcverify.web.words.say` with the language first, as templates call it."""
    return say(word, lang, **values)
