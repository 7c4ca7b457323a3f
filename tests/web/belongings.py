"""One thing of every kind that belongs to Amira, as values for the parameters of routes."""

from __future__ import annotations

from io import BytesIO

from tests.gateways.push.phone import Phone
from tests.services.photo_scene import jpeg
from tests.web.house import House
from webapp.domain.notices import NoticeKind
from webapp.domain.photos import ConsentKind, Zone
from webapp.domain.slips import SlipKind
from webapp.persistence import proofs, push_subscriptions
from webapp.persistence.push_subscriptions import Holder
from webapp.persistence.tables import Passkey
from webapp.services import (
    hairdresser_cards,
    logos,
    photo_consents,
    photo_keeping,
    photo_requests,
    photo_uploads,
    protocol_notes,
    slips,
    synonyms,
)
from webapp.services.photo_uploads import NewPhoto


def own_tellings(house: House) -> dict[str, object]:
    """A card that Amira made for her hairdresser, and a slip that she told."""
    person, now = house.person("Amira"), house.clock.now()
    with house.app.app_context():
        token = hairdresser_cards.make(house.with_, person, 7)
        (card,) = hairdresser_cards.in_use(house.with_, person)
        slip_id = slips.tell(person, SlipKind.WET, now, now)
    return {"token": token, "card_id": card.card_id, "slip_id": slip_id}


def own_words(house: House) -> dict[str, object]:
    """A synonym and a note of the owner's."""
    olga = house.person("Olga")
    with house.app.app_context():
        synonym_id = synonyms.add(house.with_, olga, "kombucha", "alcohol").id
        note_id = protocol_notes.add(house.with_, olga, "kombucha")
    return {"synonym_id": synonym_id, "protocol_note_id": note_id}


def own_passkey(house: House) -> dict[str, object]:
    """A passkey of somebody who asks for nothing here: no member of staff finds it."""
    with house.writer() as writer:
        row = Passkey(account_id=house.accounts["Amira"], credential_id=b"id", public_key=b"key")
        row.name, row.sign_count, row.added_at = "A phone", 0, house.clock.now()
        writer.add(row)
        writer.flush()
        return {"passkey_id": row.id}


def own_photo(house: House) -> dict[str, object]:
    """A photo of Amira's, and one that she was asked for and has sent."""
    iris, amira, client_id = house.person("Iris"), house.person("Amira"), house.clients["Amira"]
    today = house.clock.now().date()
    with house.app.app_context():
        for kind in ConsentKind:
            photo_consents.say(house.with_, amira, client_id, (kind, True))
        new = NewPhoto(client_id, Zone.CROWN)
        sent = photo_uploads.receive(house.with_, iris, new, BytesIO(jpeg()))
        photo_keeping.share(house.with_, iris, [sent.public_id])
        wanted = photo_requests.NewRequest(client_id, Zone.CROWN, today)
        request_id = photo_requests.ask(house.with_, iris, wanted)
        answer = NewPhoto(client_id, Zone.CROWN, request_id=request_id)
        photo_uploads.receive(house.with_, amira, answer, BytesIO(jpeg(colour="blue")))
        logos.receive(house.with_, house.person("Olga"), BytesIO(jpeg(colour="green")))
    return {
        "public_id": sent.public_id,
        "side": 320,
        "ending": "webp",
        "request_id": request_id,
        "kind": ConsentKind.SHOWN.value,
    }


def own_push(house: House, login_id: int | None) -> dict[str, object]:
    """A device of Amira's that is told by push, and a test of it that she asked for."""
    account_id, now = house.accounts["Amira"], house.clock.now()
    found = Phone().subscription("https://fcm.googleapis.com/fcm/send/amira", "a-key")
    with house.writer() as writer:
        holder = Holder(account_id, login_id or 0)
        subscription_id = push_subscriptions.store(writer, holder, found, "https://x", now)
        proof_id = proofs.add(writer, account_id, NoticeKind.TEST, subscription_id, now)
    return {"subscription_id": subscription_id, "proof_id": proof_id}
