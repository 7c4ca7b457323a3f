"""Staff who work with photos on a phone: signed in, with a second factor shown."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from tests.journeys.conftest import PHONE
from tests.journeys.looks import PICTURE, Variant
from tests.journeys.served import Served
from tests.journeys.settling import count_fetches
from webapp.domain.people import Role, SignedIn
from webapp.domain.photos import ConsentKind
from webapp.persistence import login_records, photos
from webapp.persistence.database import reading, writing
from webapp.persistence.tables import Account, Client, LoginRecord
from webapp.services import logins, photo_consents
from webapp.services.demo_personas import PERSONAS

ROLES = {"artist": Role.ARTIST, "owner": Role.OWNER, "reception": Role.RECEPTION}


def staff_token(served: Served, role: str, is_confirmed: bool = False) -> str:
    """A login of the demo's artist, owner or reception, with a second factor shown on it."""
    now = served.now()
    with served.beside.app_context(), writing() as writer:
        found = select(Account.id).where(Account.role == ROLES[role].value).limit(1)
        token = logins.begin(writer, writer.scalars(found).one(), "a phone", now)
        held = logins.token_hash(token)
        login = select(LoginRecord.id).where(LoginRecord.token_hash == held)
        login_records.prove(writer, writer.scalars(login).one(), now)
        if is_confirmed:
            login_records.confirm(writer, held, now)
    return token


def cookie(served: Served, token: str) -> Any:
    return {"name": "liftday", "value": token, "url": served.url}


def staff_phone(
    browser: Browser, served: Served, variant: Variant, role: str = "artist", **more: Any
) -> Page:
    """A page of somebody of the staff on a phone."""
    options: dict[str, Any] = PICTURE | {"viewport": PHONE} | variant.options | more
    context = browser.new_context(**options)
    count_fetches(context)
    context.add_cookies([cookie(served, staff_token(served, role, is_confirmed=True))])
    return context.new_page()


def client_of(served: Served, key: str) -> int:
    """The id of a persona's client."""
    number = next(persona.phone for persona in PERSONAS if persona.key == key)
    with served.beside.app_context():
        return reading().scalars(select(Client.id).where(Client.phone == number)).one()


def agree(served: Served, client_id: int) -> None:
    """The client has agreed to everything, at the chair."""
    with served.beside.app_context():
        artist = select(Account.id).where(Account.role == Role.ARTIST.value)
        by = SignedIn(reading().scalars(artist).one(), 0, Role.ARTIST, "", "")
        outside = served.beside.extensions["collaborators"]
        for kind in ConsentKind:
            photo_consents.say(outside, by, client_id, (kind, True))


def stored(served: Served, client_id: int) -> list[str]:
    """What the server has of a client: the part of the head of each photo, the newest first."""
    with served.beside.app_context():
        reading().rollback()
        return [row.zone for row in photos.of_client(reading(), client_id)]


def picture(folder: Path, number: int, side: int = 1_200) -> Path:
    """A file as a camera would make it; each number is another picture."""
    image = Image.effect_noise((side, side * 3 // 4), 60).convert("RGB")
    pen = ImageDraw.Draw(image)
    pen.ellipse((40 * number, 40, 40 * number + 400, 440), fill=(200, 150, 20 * number))
    file = BytesIO()
    image.save(file, "JPEG", quality=88)
    path = folder / f"head-{number}.jpg"
    path.write_bytes(file.getvalue())
    return path


def drop(page: Page, file: Path) -> None:
    """Drop a file on the form, as with a mouse."""
    page.evaluate(
        """([text, name]) => {
          const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
          const about = { bubbles: true, cancelable: true, dataTransfer };
          document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", about));
        }""",
        [b64encode(file.read_bytes()).decode(), file.name],
    )


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for what another process does."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.2)


def until_stored(served: Served, client_id: int, count: int) -> None:
    """Wait until the server has so many photos of a client."""
    until(lambda: len(stored(served, client_id)) >= count)


def sent_is(page: Page, words: str) -> None:
    expect(page.locator("[data-total]")).to_have_text(words)
