"""A clinic whose clients have phones that receive, and push services that answer as told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from tests.services.scene import Scene
from webapp.domain.pushes import Outcome, OutgoingPush, PushSubscription, SendResult
from webapp.persistence.database import db, reading, writing
from webapp.persistence.tables import (
    Client,
    Delivery,
    LoginRecord,
    Notice,
    NoticePreference,
)
from webapp.persistence.tables import PushSubscription as SubscriptionRow
from webapp.services import sending
from webapp.services.delivering import deliver
from webapp.services.ports import Collaborators
from webapp.services.telling import tell_due

ORIGIN = "https://push.test"
Answer = Callable[[OutgoingPush], Outcome]


@dataclass
class FakePush:
    """Push services: each answers as `answer` says; what was asked of them is remembered."""

    answer: Answer = lambda push: Outcome.ACCEPTED
    retry_span: timedelta | None = timedelta(minutes=2)
    status_class: str = "2xx"
    sent: list[OutgoingPush] = field(default_factory=list)
    closed: dict[str, datetime] = field(default_factory=dict)
    before_answer: Callable[[], None] = lambda: None

    def check(self, subscription: PushSubscription) -> str:
        return ORIGIN

    def open(self) -> FakePush:
        return self

    def send(
        self, batch: Sequence[OutgoingPush], now: datetime
    ) -> Generator[SendResult, None, None]:
        self.sent += batch
        self.before_answer()
        for push in batch:
            outcome = self.answer(push)
            is_over = outcome in (Outcome.ACCEPTED, Outcome.GONE, Outcome.OUR_BUG)
            retry_at = None if is_over or self.retry_span is None else now + self.retry_span
            span = timedelta(milliseconds=120)
            yield SendResult(push.id, outcome, self.status_class, span, retry_at, ORIGIN)

    def hold(self, origin: str, until: datetime) -> None:
        self.closed[origin] = until

    def release(self, origin: str) -> None:
        self.closed.pop(origin, None)

    def closed_origins(self, now: datetime) -> dict[str, datetime]:
        return {origin: until for origin, until in self.closed.items() if until > now}

    def close(self) -> None:
        pass


@dataclass
class PushScene:
    """The scene with push: `with_` has the stand-in for push services."""

    scene: Scene
    push: FakePush
    with_: Collaborators

    def account_of(self, client_id: int) -> int:
        found = reading().scalar(select(Client.account_id).where(Client.id == client_id))
        assert found is not None
        return found

    def add_phone(self, account_id: int, name: str = "phone", zone: str = "") -> int:
        """A device of this account that receives; returns its subscription's id."""
        digest = hashlib.sha256(f"{account_id} {name}".encode()).digest()
        now = self.scene.clock.now()
        with writing() as writer:
            login = LoginRecord(
                account_id=account_id,
                token_hash=digest,
                device=name,
                time_zone=zone,
                created_at=now,
                seen_at=now,
            )
            writer.add(login)
            writer.flush()
            row = SubscriptionRow(
                account_id=account_id,
                login_id=login.id,
                endpoint_hash=digest,
                endpoint=f"{ORIGIN}/send/{name}",
                origin=ORIGIN,
                p256dh="p",
                auth="a",
                key_id="0" * 16,
                created_at=now,
                seen_at=now,
            )
            writer.add(row)
            writer.flush()
            return row.id

    def prefer(self, account_id: int, **choices: object) -> None:
        with writing() as writer:
            writer.add(NoticePreference(account_id=account_id, **choices))

    def work(self, at: datetime | None = None) -> list[OutgoingPush]:
        """What a worker that looks once (at `at`) sends."""
        if at is not None:
            self.scene.clock.at = at
        now, before = self.scene.clock.now(), len(self.push.sent)
        while tell_due(self.with_, now):
            pass
        for origin in sending.due_origins(now):
            while deliver(self.with_, self.push, origin, now):
                pass
        db.session.rollback()
        return self.push.sent[before:]

    def notices(self, kind: str = "") -> list[Notice]:
        wanted = select(Notice).order_by(Notice.at, Notice.id)
        return list(reading().scalars(wanted.where(Notice.kind == kind) if kind else wanted))

    def deliveries(self) -> list[Delivery]:
        return list(reading().scalars(select(Delivery).order_by(Delivery.id)))

    def states(self) -> list[str]:
        return [delivery.state for delivery in self.deliveries()]


def make_push_scene(scene: Scene) -> PushScene:
    push = FakePush()
    return PushScene(scene, push, replace(scene.with_, push=push))


def phones(scene: PushScene, count: int, session_ended_at: datetime) -> Iterator[int]:
    """Clients whose first session ended then, each with a phone; yields their course ids."""
    for number in range(count):
        client_id = scene.scene.add_client(f"Client {number}")
        course_id = scene.scene.begin(client_id)
        scene.add_phone(scene.account_of(client_id), f"phone {number}")
        scene.scene.ended(course_id, 1, session_ended_at)
        yield course_id
