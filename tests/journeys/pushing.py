"""Phones whose browser can subscribe, though no push service is within reach, and what our server
stored of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from sqlalchemy import select

from tests.gateways.push.phone import Phone
from tests.journeys.looks import LIGHT, Variant, phone_of
from tests.journeys.served import NOBODY, Served
from webapp.persistence.database import reading
from webapp.persistence.tables import LoginRecord, Notice, PushSubscription
from webapp.services.demo_personas import PERSONAS

PRETEND = (Path(__file__).parent / "pretend_push.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Holder:
    """What somebody says when their browser asks."""

    answer: str = "granted"
    permission: str = "default"


def pushing_phone(
    browser: Browser,
    served: Served,
    holder: Holder,
    variant: Variant = LIGHT,
    key: str = "keep-dry",
) -> Page:
    """A persona's phone with a browser that plays its push service."""
    persona = next(persona for persona in PERSONAS if persona.key == key)
    page = phone_of(browser, served, persona, variant)
    page.context.grant_permissions(["notifications"])
    pretend(page, holder)
    return page


def pretend(page: Page, holder: Holder) -> None:
    """Let this browser play its push service."""
    keys = Phone().subscription("", "")
    told: dict[str, Any] = {
        "keys": {"p256dh": keys.p256dh, "auth": keys.auth},
        "endpoint": f"https://{NOBODY}/",
        "permission": holder.permission,
        "answer": holder.answer,
    }
    page.context.add_init_script(f"{{const PRETENDED = {json.dumps(told)};\n{PRETEND}}}")


def questions(page: Page) -> int:
    """How often this tab's browser has asked its holder."""
    return int(page.evaluate("Number(sessionStorage.getItem('asked'))"))


def held_endpoint(page: Page) -> str | None:
    """Where this browser believes to receive."""
    kept = page.evaluate("JSON.parse(localStorage.getItem('pretended-subscription'))")
    return kept["endpoint"] if kept else None


def move_to(page: Page, endpoint: str) -> None:
    """This browser's push service gives it another address, and nobody heard of it."""
    page.evaluate(
        """(endpoint) => {
          const kept = JSON.parse(localStorage.getItem("pretended-subscription"));
          localStorage.setItem("pretended-subscription", JSON.stringify({ ...kept, endpoint }));
        }""",
        endpoint,
    )


def stored_endpoints(served: Served) -> list[str]:
    """Where our server believes that live logins receive."""
    with served.beside.app_context():
        reading().rollback()
        found = select(PushSubscription.endpoint).join(
            LoginRecord, LoginRecord.id == PushSubscription.login_id
        )
        return [
            one for one in reading().scalars(found.where(LoginRecord.ended_at.is_(None))) if one
        ]


def notice_kinds(served: Served, endpoint: str | None) -> list[str]:
    """The proofs asked for, for the device that receives there."""
    with served.beside.app_context():
        reading().rollback()
        device = reading().scalars(
            select(PushSubscription).where(PushSubscription.endpoint == endpoint)
        )
        row = device.one()
        told = reading().execute(
            select(Notice.kind, Notice.content).where(Notice.account_id == row.account_id)
        )
        return [kind for kind, content in told if content.get("subscription_id") == row.id]
