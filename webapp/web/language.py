"""Languages: every text passes through gettext; a pseudo-language shows what did not."""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache
from gettext import NullTranslations
from typing import Any, NamedTuple

from flask import Flask, request
from flask_babel import Babel, get_domain

from config import Settings
from webapp.web.context import settings

DEFAULT = "en"
PSEUDO = "x-pseudo"
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur"})
_ACCENTED = str.maketrans("AEIOUaeiouncy", "ÀÉÎÖÛàéîöûñçý")


class Reading(NamedTuple):
    """How a page is to be read: its language tag and direction."""

    lang: str
    dir: str


PLAIN = Reading(DEFAULT, "ltr")
_current: ContextVar[Reading] = ContextVar("reading", default=PLAIN)


def init_app(app: Flask, settings: Settings) -> None:
    """Attach Flask-Babel, and gettext for templates that understands the pseudo-language."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "../translations"
    Babel(app, locale_selector=_locale)
    app.before_request(_begin)
    app.teardown_request(_end)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True
    )


def reading() -> Reading:
    """The reading of this request; `?lang=x-pseudo` and `?dir=rtl` outside production only."""
    return _current.get()


def _begin() -> None:
    _current.set(_reading())


def _end(error: BaseException | None) -> None:
    _current.set(PLAIN)


def _reading() -> Reading:
    if not request.query_string or settings().is_production:
        return PLAIN
    lang = PSEUDO if request.args.get("lang") == PSEUDO else DEFAULT
    is_turned = request.args.get("dir") == "rtl" or lang in RIGHT_TO_LEFT
    return Reading(lang, "rtl" if is_turned else "ltr")


def _locale() -> str:
    return DEFAULT


def gettext(message: str, **values: Any) -> str:
    """The message in the language of this request, with its values filled in."""
    worded = _worded(message, _current.get().lang)
    return worded % values if values else worded


@lru_cache(maxsize=8_192)
def _worded(message: str, lang: str) -> str:
    """Kept, because a page asks for a hundred texts, and there are no more than the code has."""
    translated = _translations(_locale()).gettext(message)
    return _pseudo(translated) if lang == PSEUDO else translated


def later(message: str) -> str:
    """Mark a message for translation where it stands, to be translated where it is used."""
    return message


def ngettext(singular: str, plural: str, num: int, **values: Any) -> str:
    """The message for this number, in the language of this request."""
    worded = _counted(singular, plural, num, _current.get().lang)
    return worded % {"num": num, **values}


@lru_cache(maxsize=8_192)
def _counted(singular: str, plural: str, num: int, lang: str) -> str:
    translated = _translations(_locale()).ngettext(singular, plural, num)
    return _pseudo(translated) if lang == PSEUDO else translated


@lru_cache(maxsize=8)
def _translations(locale: str) -> NullTranslations:
    """The catalogue of a locale; asking Flask-Babel for each text costs more than the text."""
    found: NullTranslations = get_domain().get_translations()
    return found


def _pseudo(message: str) -> str:
    """`Wash` -> `[Wàsh]`; placeholders such as %(day)s are left alone."""
    parts = message.split("%(")
    accented = [parts[0].translate(_ACCENTED)]
    for part in parts[1:]:
        name, _, rest = part.partition(")")
        accented.append(f"{name}){rest[:1]}{rest[1:].translate(_ACCENTED)}")
    return f"[{'%('.join(accented)}]"
