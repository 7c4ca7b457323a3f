"""Why a password is refused, in words."""

from __future__ import annotations

from webapp.domain.passwords import LONGEST, SHORTEST, Weakness
from webapp.web.language import gettext as _


def hint() -> str:
    """What a good password is, said before somebody chooses one."""
    return _(
        "At least %(count)s characters. Three or four unrelated words are easy to remember.",
        count=SHORTEST,
    )


def weakness_words(weakness: Weakness) -> str:
    """What is wrong with a chosen password and how to do better."""
    words = {
        Weakness.SHORT: _("Use at least %(count)s characters.", count=SHORTEST),
        Weakness.LONG: _("Use at most %(count)s characters.", count=LONGEST),
        Weakness.COMMON: _("This is one of the passwords people guess first. Choose another."),
        Weakness.PERSONAL: _("Your name or e-mail address is easy to guess. Choose another."),
    }
    return words[weakness]
