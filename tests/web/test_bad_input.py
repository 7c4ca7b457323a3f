"""Whatever people type, or send instead of typing: a clear page, and nothing half done."""

from __future__ import annotations

import pytest

from tests.web.house import PASSWORD, House

MARKUP = "<script>alert('x')</script><b>&\""
HUGE = "n" * 10_240
ODD = {
    "markup": MARKUP,
    "huge": HUGE,
    "emoji": "Ada \U0001f469\u200d\U0001f52c",
    "right to left": "\u0623\u0645\u064a\u0631\u0629 \u202eEvil",
    "nul": "Ada\x00",
    "escape": "Ada\x1b[31m",
    "lone surrogate": "Ada\udc80".encode("utf-8", "surrogatepass").decode("latin-1"),
}
PERSON = {"name": "Nadia", "email": "nadia@clinic.example", "role": "artist"}
REFUSED = {"huge", "right to left", "nul", "escape", "lone surrogate"}


@pytest.mark.parametrize("kind", list(ODD))
def test_any_name_is_shown_as_it_is_or_refused_in_words(house: House, kind: str) -> None:
    owner = house.browser_of("Olga", is_confirmed=True)
    answer = owner.post("/staff/settings/people/new", data={**PERSON, "name": ODD[kind]})
    assert answer.status_code == (422 if kind in REFUSED else 303)
    page = answer.text if kind in REFUSED else owner.get("/staff/settings/people").text
    assert "<script>alert" not in page
    assert ("Use at most" in page or "cannot be shown" in page) is (kind in REFUSED)


FORMS = {
    "/staff/settings/clinic": ["name", "accent_colour", "emergency_number", "whatsapp", "offers"],
    "/staff/settings/privacy": ["text", "version"],
    "/staff/settings/warning-signs": ["normal", "call_today", "see_doctor", "emergency"],
    "/staff/settings/locations/new": ["name", "address", "phone", "time_zone", "opens_0"],
    "/staff/settings/people/new": ["name", "email", "role"],
    "/staff/radar/words": ["words", "activity"],
    "/staff/radar/notes": ["note"],
    "/sign-in": ["code", "token"],
    "/sign-in/staff": ["email", "password"],
    "/welcome": ["owner_name", "email", "password", "clinic_name", "time_zone", "token", "code"],
    "/new-password": ["token", "code", "password"],
    "/staff/confirm": ["password", "next"],
}


@pytest.mark.parametrize(("address", "names"), FORMS.items(), ids=list(FORMS))
@pytest.mark.parametrize("kind", ["markup", "huge", "nul"])
def test_every_field_survives_everything(
    house: House, address: str, names: list[str], kind: str
) -> None:
    owner = house.browser_of("Olga", is_confirmed=True)
    for name in names:
        answer = owner.post(address, data={name: ODD[kind]})
        assert answer.status_code in (303, 409, 422), name
        assert "<script>alert" not in answer.text
        assert "alert('x')</b>" not in answer.text


def test_markup_in_a_staff_members_name_stays_text_on_every_page(house: House) -> None:
    owner = house.browser_of("Olga", is_confirmed=True)
    owner.post("/staff/settings/people/new", data={**PERSON, "name": MARKUP})
    for page in ("/staff/settings/people", "/staff/settings/people/6"):
        text = owner.get(page).text
        assert "&lt;script&gt;" in text
        assert "<script>alert" not in text


def test_a_form_without_any_field_is_refused_in_words(house: House) -> None:
    owner = house.browser_of("Olga", is_confirmed=True)
    for address in FORMS:
        assert owner.post(address).status_code in (409, 422), address


def test_too_much_at_once_is_refused_before_it_is_read(house: House) -> None:
    answer = house.browser().post("/sign-in", data={"code": "x" * 2_000_000})
    assert answer.status_code == 413
    assert "too large" in answer.text


@pytest.mark.parametrize("password", ["x" * 10_240, "pass\x00word-long-enough"])
def test_an_absurd_password_is_refused_in_words(house: House, password: str) -> None:
    data = {"email": "iris@clinic.example", "password": password}
    assert house.browser().post("/sign-in/staff", data=data).status_code == 422
    data["password"] = PASSWORD
    assert house.browser().post("/sign-in/staff", data=data).status_code == 303
