"""A lift in words: what may be done again.

Only washing, showering, swimming and sport are named; the rest is counted. So no notice ever
invites to smoke, drink, scratch, sweat or seek heat. A ban that belongs to what is named and has
not lifted with it is said again. What is unknown is never said to be allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from webapp.domain.notices import NoticeFacts
from webapp.domain.protocol import Answer, Protocol
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext
from webapp.web.presenters.answers import sentence
from webapp.web.presenters.said import Said, Voice
from webapp.web.presenters.wash import HAIR, SHAMPOO

WATER = "wash-water"
# What one sentence about washing speaks for.
WASHING = frozenset({HAIR, WATER, SHAMPOO, "wet-scalp"})
NAMED: Mapping[str, str] = {
    "body-shower": later("showering"),
    "swimming": later("swimming"),
    "light-workout": later("light sport"),
    "intense-workout": later("intense sport"),
}
WITH_SHAMPOO: Mapping[Voice, str] = {
    Voice.ARRIVING: later("You can wash with shampoo now"),
    Voice.HOLDING: later("You can wash with shampoo"),
    Voice.PAST: later("You could wash with shampoo"),
}
CAREFULLY: Mapping[Voice, str] = {
    Voice.ARRIVING: later("You can wash with shampoo now, with care"),
    Voice.HOLDING: later("You can wash with shampoo, with care"),
    Voice.PAST: later("You could wash with shampoo, with care"),
}
WITH_WATER: Mapping[Voice, str] = {
    Voice.ARRIVING: later("You can wash with water only now"),
    Voice.HOLDING: later("You can wash with water only"),
    Voice.PAST: later("You could wash with water only"),
}


class Ban(NamedTuple):
    """What still holds, and must be said, when `lifted` is named and `banned` did not lift."""

    lifted: str
    banned: str
    words: str


BANS = (
    Ban("body-shower", "hot-shower", later("Keep the water lukewarm.")),
    Ban("swimming", "direct-sun", later("Keep your head out of the sun.")),
    Ban("light-workout", "intense-workout", later("Intense sport still has to wait.")),
)
Lifted = Mapping[str, Answer]
# By whether all of them ended, all are allowed with care, or some are so.
_ENDED, _EASED = frozenset({Answer.YES}), frozenset({Answer.LIMITED})
_COUNTED: Mapping[frozenset[Answer], tuple[str, str]] = {
    _ENDED: (later("%(num)s restriction ended"), later("%(num)s restrictions ended")),
    _EASED: (later("%(num)s restriction eased"), later("%(num)s restrictions eased")),
    _ENDED | _EASED: (
        later("%(num)s restriction ended or eased"),
        later("%(num)s restrictions ended or eased"),
    ),
}
_MORE: Mapping[frozenset[Answer], tuple[str, str]] = {
    _ENDED: (
        later("And %(num)s more restriction ended."),
        later("And %(num)s more restrictions ended."),
    ),
    _EASED: (
        later("And %(num)s more restriction eased."),
        later("And %(num)s more restrictions eased."),
    ),
    _ENDED | _EASED: (
        later("And %(num)s more restriction ended or eased."),
        later("And %(num)s more restrictions ended or eased."),
    ),
}


def lifted_by(notices: Iterable[NoticeFacts]) -> dict[str, Answer]:
    """What lifts say is allowed, with care or without; the later ones count."""
    found: dict[str, Answer] = {}
    for notice in sorted(notices, key=lambda notice: notice.at):
        for activity, word in ((notice.content or {}).get("activities") or {}).items():
            if word in (Answer.YES.word, Answer.LIMITED.word):
                found[activity] = Answer.from_word(word)
    return found


def lift_said(lifted: Lifted, protocol: Protocol | None, voice: Voice) -> Said:
    """Word lifts, the wash first. `protocol` knows under which condition water is allowed."""
    wash = _wash(lifted, voice)
    names = _names(lifted)
    rest = [answer for one, answer in lifted.items() if not _is_said(one, bool(wash))]
    titles = [*filter(None, [wash, _again(names, voice) if names else ""])]
    if voice is Voice.PAST:
        return Said(titles[0] if titles else _counted(rest), tuple(map(sentence, titles[1:])))
    words = [_condition(protocol)] if wash and SHAMPOO not in lifted else []
    words += map(sentence, titles[1:])
    if not titles:
        title = _counted(rest) if rest else _("Your plan has an update")
        hint = (_("The app shows what you may do."),) if voice is Voice.ARRIVING else ()
        return Said(title, hint)
    words += [_more(rest)] if rest else []
    return Said(titles[0], (*words, *_bans(lifted, protocol)))


def _wash(lifted: Lifted, voice: Voice) -> str:
    answers = [lifted[one] for one in (HAIR, WATER, SHAMPOO) if one in lifted]
    if not answers:
        return ""
    if SHAMPOO not in lifted:
        return _(WITH_WATER[voice])
    return _(CAREFULLY[voice] if Answer.LIMITED in answers else WITH_SHAMPOO[voice])


def _names(lifted: Lifted) -> list[str]:
    return [
        _("%(name)s (with care)", name=_(name)) if lifted[one] is Answer.LIMITED else _(name)
        for one, name in NAMED.items()
        if one in lifted
    ]


def _again(names: Sequence[str], voice: Voice) -> str:
    if voice is Voice.PAST:
        return _("Allowed then: %(names)s", names=", ".join(names))
    return _("Allowed again: %(names)s", names=", ".join(names))


def _is_said(activity: str, has_wash: bool) -> bool:
    return activity in NAMED or (has_wash and activity in WASHING)


def _condition(protocol: Protocol | None) -> str:
    """The clinic's own words on washing with water alone."""
    for rule in protocol.rules if protocol else ():
        if HAIR in rule.activities and rule.answer is Answer.LIMITED and rule.condition:
            return sentence(_(rule.condition))
    return _("Lukewarm and gently, without shampoo.")


def _counted(rest: Sequence[Answer]) -> str:
    return ngettext(*_COUNTED[frozenset(rest)], len(rest))


def _more(rest: Sequence[Answer]) -> str:
    return ngettext(*_MORE[frozenset(rest)], len(rest))


def _bans(lifted: Lifted, protocol: Protocol | None) -> list[str]:
    return [
        _(ban.words)
        for ban in BANS
        if ban.lifted in lifted
        and lifted.get(ban.banned) is not Answer.YES
        and (protocol is None or ban.banned in protocol.activities)
    ]
