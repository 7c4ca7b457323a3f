"""Keeping the app: who is offered it, where, and how a visit begins."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.looks import Variant
from tests.journeys.served import Served
from webapp.services import demo
from webapp.services.demo_personas import PERSONAS
from webapp.services.invitations import MadeInvitation

KEEP_DRY = next(persona for persona in PERSONAS if persona.key == "keep-dry")
IPHONE = Variant("iphone", {"user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) Safari/605"})
CARD = "section[data-pause]"


def again(page: Page, served: Served) -> None:
    """Another visit: a new opening of the app, once the one before has been counted."""
    page.wait_for_function("() => 'visited' in sessionStorage")
    page.evaluate("sessionStorage.removeItem('visited')")
    page.goto(served.url)


def code_for(served: Served) -> MadeInvitation:
    """What the desk hands to the client."""
    with served.beside.app_context():
        return demo.persona_code(served.beside.extensions["collaborators"], KEEP_DRY.key)
