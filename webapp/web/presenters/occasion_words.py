"""What happens on a day, in words: a session begins aftercare or comes, healing ends, a reminder.

A day is told by its name, date and time in the clinic's zone; "today" and "tomorrow" are found
from the present, so that a notice that is late does not lie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from webapp.domain.notices import NoticeFacts
from webapp.domain.protocol import PhaseId
from webapp.web.language import gettext as _
from webapp.web.language import later, ngettext
from webapp.web.presenters.answers import sentence
from webapp.web.presenters.said import Said
from webapp.web.presenters.times import when_long, zone_words

PRODUCTS = "hair-products"
WASH_BEFORE: Mapping[str, str] = {
    "shampoo": later("Before it you may wash with shampoo."),
    "water": later("Before it you may wash with lukewarm water only."),
    "none": later("Please do not wash before it. Come as you are."),
}


def begins_said(notice: NoticeFacts, now: datetime) -> Said:
    """What the first hours ask for is the protocol's own sentence about them."""
    fallback = _("Do not touch your scalp, and keep it dry and cool.")
    title = _("Your aftercare has begun")
    return Said(title, (_phase_words(notice, PhaseId.HANDS_OFF) or fallback,))


def healed_said(notice: NoticeFacts, now: datetime) -> Said:
    words = _phase_words(notice, PhaseId.HEALED) or _("Thank you for taking such care.")
    return Said(_("Your healing time is complete"), (words,))


def _phase_words(notice: NoticeFacts, phase: PhaseId) -> str:
    known = notice.protocol.phases.get(phase) if notice.protocol else None
    return _(known.summary) if known else ""


def session_said(notice: NoticeFacts, now: datetime) -> Said:
    """A session that is near, with the wash that is possible before it."""
    wash = (notice.content or {}).get("wash") or "none"
    ahead = WASH_BEFORE.get(wash, WASH_BEFORE["none"])
    moment = sentence(_moment(notice.at, notice, now))
    return Said(_day_title(notice, now), (moment, _(ahead)) if notice.at > now else (moment,))


def _day_title(notice: NoticeFacts, now: datetime) -> str:
    days = (notice.at.astimezone(notice.zone).date() - now.astimezone(notice.zone).date()).days
    if days == 0:
        return _("Your session is today")
    return _("Your session is tomorrow") if days == 1 else _("Your session")


def prepare_said(notice: NoticeFacts, now: datetime) -> Said:
    """From when on what must be left out before a session."""
    content = notice.content or {}
    begins = datetime.fromisoformat(content["from"]) if content.get("from") else notice.at
    since = _moment(begins, notice, now)
    if _are_products(notice, content.get("activities") or ()):
        first = _("No hair products from %(when)s.", when=since)
    else:
        first = _("Some things have to stop from %(when)s. The app names them.", when=since)
    begin = _("Your session begins %(when)s.", when=when_long(notice.at, notice.zone, now))
    return Said(_("Prepare for your session"), (first, begin))


def _are_products(notice: NoticeFacts, activities: Sequence[str]) -> bool:
    known = notice.protocol.activities if notice.protocol else {}
    groups = {known[one].group if one in known else "" for one in activities}
    return groups == {PRODUCTS}


def _moment(at: datetime, notice: NoticeFacts, now: datetime) -> str:
    words = when_long(at, notice.zone, now)
    return _("%(when)s, %(zone)s", when=words, zone=zone_words(notice.zone.key))


def follow_up_said(notice: NoticeFacts, now: datetime) -> Said:
    title = _("Your yearly follow-up is due")
    return Said(title, (_("Your clinic will arrange the day with you."),))


def photo_said(notice: NoticeFacts, now: datetime) -> Said:
    return Said(_("There is a new photo"), (_("Your clinic has shared it with you."),))


def photo_wanted_said(notice: NoticeFacts, now: datetime) -> Said:
    title = _("Your clinic asks for a photo")
    return Said(title, (_("It shows how your scalp is healing. The app says how to take it."),))


def welcome_said(notice: NoticeFacts, now: datetime) -> Said:
    return Said(_("Notices are on"), (_("This is how your plan will reach you."),))


def trial_said(notice: NoticeFacts, now: datetime) -> Said:
    return Said(_("This is a test"), (_("Notices reach this device."),))


def open_said(notices: Sequence[NoticeFacts]) -> Said:
    """To staff: nobody's name, only how many sessions wait for a word."""
    one, many = "A session has no end yet", "%(num)s sessions have no end yet"
    words = _("Say when it ended: the client's times count from it.")
    return Said(ngettext(one, many, len(notices)), (words,))


def overdue_said(notices: Sequence[NoticeFacts]) -> Said:
    """To staff: courses of which nobody has said whether they are over."""
    one, many = "A course may be finished", "%(num)s courses may be finished"
    words = _("Confirm the last session, or plan the next.")
    return Said(ngettext(one, many, len(notices)), (words,))


def photos_arrived_said(notices: Sequence[NoticeFacts]) -> Said:
    """To staff: a client sent what the clinic had asked for."""
    one, many = "A client has sent a photo", "Clients have sent %(num)s photos"
    return Said(ngettext(one, many, len(notices)), (_("It waits for you to look at it."),))
