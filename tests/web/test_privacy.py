"""The privacy notice comes first: nothing of a client shows before explicit consent."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.house import NOTICE, House
from webapp.persistence.tables import Consent


def without_consent(house: House) -> FlaskClient:
    phone = house.browser_of("Amira")
    phone.post("/privacy/withdrawal")
    return phone


def agree(phone: FlaskClient, version: int = 1) -> str | None:
    data = {"consent": "yes", "version": str(version)}
    return phone.post("/privacy", data=data).location


@pytest.mark.parametrize("page", ["/", "/dates", "/devices", "/devices/codes"])
def test_a_client_without_consent_sees_the_notice_first(house: House, page: str) -> None:
    phone = without_consent(house)
    assert phone.get(page).location == "/privacy"
    assert NOTICE in phone.get("/privacy").text


def test_help_and_signing_out_need_no_consent(house: House) -> None:
    phone = without_consent(house)
    assert phone.get("/something-is-wrong").status_code == 200
    assert phone.post("/time-zone", data={"zone": "Europe/Sofia"}).status_code == 204
    assert phone.post("/sign-out").location == "/sign-in"


def test_consent_is_explicit_and_stored_with_version_and_instant(house: House) -> None:
    phone = without_consent(house)
    house.clock.advance(hours=1)
    assert agree(phone) == "/"
    assert phone.get("/devices").status_code == 200
    with house.reader() as reader:
        newest = reader.scalars(select(Consent).order_by(Consent.id.desc())).first()
        assert newest is not None
        assert (newest.notice_version, newest.consented_at) == (1, house.clock.now())


def test_the_box_is_not_ticked_beforehand_and_must_be(house: House) -> None:
    phone = without_consent(house)
    assert " checked" not in phone.get("/privacy").text
    refused = phone.post("/privacy", data={"version": "1"})
    assert refused.status_code == 422
    assert "Tick the box" in refused.text


def test_a_client_reads_later_what_they_agreed_to(house: House) -> None:
    page = house.browser_of("Amira").get("/privacy").text
    assert "Agreed Mon 2 Mar, 12:00" in page
    assert NOTICE in page


def test_consent_is_withdrawn_with_effect_at_once(house: House) -> None:
    phone = house.browser_of("Amira")
    phone.post("/privacy/withdrawal")
    assert phone.get("/devices").location == "/privacy"
    assert phone.post("/privacy/withdrawal").status_code == 404
    assert "consent-withdrawn" in house.audit()


def publish(house: House, text: str, asks_again: bool) -> None:
    data = {"version": "1", "text": text} | ({"asks_again": "yes"} if asks_again else {})
    owner = house.browser_of("Olga")
    assert owner.post("/staff/settings/privacy", data=data).status_code == 303


@pytest.mark.parametrize(("asks_again", "status"), [(False, 200), (True, 303)])
def test_a_new_version_asks_again_if_the_owner_says_so(
    house: House, asks_again: bool, status: int
) -> None:
    phone = house.browser_of("Amira")
    publish(house, "We keep more.", asks_again)
    assert phone.get("/devices").status_code == status
    assert "We keep more." in phone.get("/privacy").text


def test_consent_to_a_version_no_longer_in_force_is_not_taken(house: House) -> None:
    phone = without_consent(house)
    publish(house, "We keep more.", asks_again=True)
    assert agree(phone, version=1) == "/privacy"
    assert "We keep more." in phone.get("/privacy").text
    assert agree(phone, version=2) == "/"


def test_the_notice_can_be_read_without_signing_in(house: House) -> None:
    assert NOTICE in house.browser().get("/privacy").text


def test_markup_in_the_notice_is_shown_as_text(house: House) -> None:
    publish(house, "<script>alert(1)</script>", asks_again=False)
    page = house.browser().get("/privacy").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
