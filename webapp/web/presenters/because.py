"""Why an answer is as it is, and what to do meanwhile, in the clinic's words."""

from __future__ import annotations

from collections.abc import Iterable

from webapp.domain.plan import AftercarePlan
from webapp.domain.protocol import Anchor, Span
from webapp.domain.reasons import Reason
from webapp.services.today import Facts
from webapp.web.language import gettext as _
from webapp.web.language import ngettext
from webapp.web.presenters.answers import sentence, waits_for


def because(facts: Facts, reasons: Iterable[Reason]) -> list[str]:
    """What has to pass by, then the clinic's reasons; nothing where no rule holds."""
    known = list(reasons)
    if not known or facts.plan is None:
        return []
    return [_waits(facts, facts.plan, known[0]), *_said(known, "why")]


def conditions(reasons: Iterable[Reason]) -> str:
    """Under which conditions, as sentences."""
    return " ".join(_said(reasons, "condition"))


def instead(reasons: Iterable[Reason]) -> list[str]:
    """What to do rather, as sentences."""
    return _said(reasons, "instead")


def _said(reasons: Iterable[Reason], kind: str) -> list[str]:
    """What these rules say of one kind, each sentence once."""
    texts = (getattr(reason.rule, kind) for reason in reasons)
    return list(dict.fromkeys(sentence(_(text)) for text in texts if text))


def _waits(facts: Facts, plan: AftercarePlan, reason: Reason) -> str:
    """What has to pass by until this reason ends."""
    if reason.span is None:
        return _("This is so at any time, also once you have healed.")
    if reason.rule.timing.anchor is Anchor.BEFORE_SESSION:
        return _before_session(reason.span)
    if reason.session is None:
        return _after_last_session(plan, reason.span)
    if reason.session == plan.unconfirmed_session:
        return sentence(waits_for(reason.session))
    return _after_session(facts, plan, reason.span, reason.session)


def _before_session(span: Span) -> str:
    if span.hours:
        return ngettext(
            "It is less than %(num)s hour until a session.",
            "It is less than %(num)s hours until a session.",
            span.hours,
        )
    return ngettext(
        "It is less than %(num)s day until a session.",
        "It is less than %(num)s days until a session.",
        span.days,
    )


def _after_last_session(plan: AftercarePlan, span: Span) -> str:
    if not plan.course.is_last_confirmed:
        return _("It waits for your last session and %(span)s after it.", span=_length(span))
    return _("The %(span)s after your last session are not over.", span=_length(span))


def _after_session(facts: Facts, plan: AftercarePlan, span: Span, number: int) -> str:
    if facts.is_touch_up and plan.course.planned_sessions == 1:
        return _("The %(span)s after your touch-up are not over.", span=_length(span))
    words = _("The %(span)s after session %(number)s are not over.")
    return words % {"span": _length(span), "number": number}


def _length(span: Span) -> str:
    """`21 days` or `24 hours`."""
    if span.hours:
        return ngettext("%(num)s hour", "%(num)s hours", span.hours)
    return ngettext("%(num)s day", "%(num)s days", span.days)
