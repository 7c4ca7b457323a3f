"""What the treatment is, in plain words. It promises nothing, and names no date of anybody's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from webapp.services.clinic_settings import ClinicDetails
from webapp.web.language import gettext as _


class Part(NamedTuple):
    """One card: sentences, then points of a list, then perhaps one more sentence."""

    title: str
    sentences: Sequence[str] = ()
    points: Sequence[str] = ()
    closing: str = ""


class AboutPage(NamedTuple):
    """Everything the page says; `claims` are the clinic's own, `offers` its text or ''."""

    parts: list[Part]
    claims: Part
    offers_title: str
    offers: str
    back_href: str


def present_about(clinic: ClinicDetails, is_signed_in: bool) -> AboutPage:
    """Word the page; whoever is signed in comes to it from a page of their own."""
    return AboutPage(
        parts=[
            _what_it_is(),
            _whom_it_suits(),
            _consultation(),
            _sessions(),
            _preparing(),
            _why_rules(),
            _how_long(),
            _every_year(),
        ],
        claims=_claims(),
        offers_title=_("Offers of %(clinic)s", clinic=clinic.name),
        offers=clinic.offers.strip(),
        back_href="" if is_signed_in else "/sign-in",
    )


def _what_it_is() -> Part:
    return Part(
        _("What it is"),
        [
            _(
                "Tiny dots of ink are set into the skin of your scalp. From a little way off they "
                "look like hair."
            ),
            _(
                "Women get many dots between their own hair. It looks denser, and the hair covers "
                "the dots. Men get fewer, for the look of a shaved head. The number of sessions is "
                "the same."
            ),
            _("It is no surgery, and it takes little time out of your days."),
            _(
                "Only dots are set. Lines, and microblading above all, do not belong on a scalp: "
                "blades injure it, can damage the follicles and can make the hair loss worse."
            ),
        ],
    )


def _whom_it_suits() -> Part:
    return Part(
        _("Whom it suits"),
        [
            _(
                "About 40 percent of women lose hair before they are 50. It suits women, whatever "
                "the cause, with:"
            )
        ],
        [
            _("hair that thins at the front"),
            _("a parting that gets wider"),
            _("spots where no hair grows"),
        ],
        _("Whether it suits you is for the clinic to say, once it has seen your scalp."),
    )


def _consultation() -> Part:
    return Part(
        _("The consultation"),
        [_("It comes before the first session, and it is free of charge.")],
        [
            _("You say what you need, what you expect and what you hope for."),
            _("The clinic looks at your scalp and says what can be reached."),
        ],
    )


def _sessions() -> Part:
    return Part(
        _("The sessions"),
        [],
        [
            _(
                "Session 1: your scalp is mapped, the colour of the ink is chosen, and a first "
                "draft is set."
            ),
            _(
                "Session 2: the clinic sees how much ink your scalp took. It goes over all the "
                "dots, stronger and with more detail."
            ),
            _(
                "Session 3: about 70 percent is done by now. You say what to correct, add or "
                "strengthen, and the final dots are set."
            ),
        ],
        _("Say what you see at every session. Your word is part of the result."),
    )


def _preparing() -> Part:
    return Part(
        _("How to prepare"),
        [],
        [
            _("Come with clean hair, washed in the way your plan allows by then."),
            _("Leave out masks, creams, foams, fixatives and sprays before a session."),
            _("Come natural: nothing needs to be styled or covered."),
        ],
    )


def _why_rules() -> Part:
    return Part(
        _("Why there are rules"),
        [
            _(
                "They are there to keep inflammation low, to let you recover faster and to keep "
                "the ink where it is."
            )
        ],
        [
            _("Touching: the dots are tiny open wounds at first, and a hand can infect them."),
            _("Sun: it makes the ink fade."),
            _("Alcohol and smoking: they slow the healing and make the ink fade."),
        ],
        _("What you may do, and from when, stands in your own plan."),
    )


def _how_long() -> Part:
    return Part(
        _("How long it lasts"),
        [
            _(
                "Up to 5 years, if it is touched up regularly. It differs from person to person, "
                "and is shorter with:"
            )
        ],
        [_("masks on the scalp"), _("a greasy scalp"), _("hair colour with ammonia")],
        _(
            "So keep masks to the lengths of your hair, and once you have healed, colour it "
            "without ammonia or with henna. Have growth treatments injected only as your clinic "
            "plans them."
        ),
    )


def _every_year() -> Part:
    return Part(
        _("Once a year"),
        [_("You and your clinic look at it together. Bring all your questions, and say:")],
        [
            _("how you feel with your new look"),
            _("what has changed in your life, and whether people notice"),
            _("whether it is what you expected"),
            _("whether there is anything the clinic can do"),
        ],
    )


def _claims() -> Part:
    return Part(
        _("What the clinic says of it"),
        [
            _(
                "Your clinic says: it hurts less than a tattoo or a hair transplant, and most "
                "people feel no discomfort."
            ),
            _("Your clinic says: the colour does not turn green or grey."),
        ],
        closing=_(
            "These are the clinic’s own words. Yours may be another experience: ask about "
            "it in the consultation."
        ),
    )
