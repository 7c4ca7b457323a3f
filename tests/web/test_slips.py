"""I slipped: a calm next step at once, the clinic told, and no date moved."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.web.house import House
from tests.web.personas import Personas, main_of, words_of
from tests.web.phone import FIRST_END, Phone, add_course, make_phone
from tests.web.test_language import texts_of
from webapp.domain.protocol import Answer
from webapp.domain.slips import SlipKind
from webapp.persistence.tables import Slip
from webapp.services.demo_personas import PERSONAS
from webapp.services.today import plan_later
from webapp.web.presenters.slips import STEPS, steps

KEYS = [persona.key for persona in PERSONAS]
A_DAY = timedelta(days=1)
TOLD = FIRST_END + 2 * A_DAY
NIGHT = "Nobody reads this at night"
# Words that nobody may say after something went wrong.
FORBIDDEN = (
    "normal harmless fine infection infected inflammation ibuprofen paracetamol medicine "
    "antibiotic diagnosis worry alright promise"
)


@pytest.fixture
def phone(house: House) -> Phone:
    found = make_phone(house)
    add_course(found, done=(FIRST_END,))
    house.clock.at = TOLD
    return found


def send(phone: Phone, kind: str = "wet", **more: str) -> TestResponse:
    return phone.browser.post("/slip", data={"kind": kind, "when": "now", **more})


def earlier(on: str, at: str) -> dict[str, str]:
    return {"when": "other", "happened_at_on": on, "happened_at_time": at}


def stored(phone: Phone) -> list[tuple[str, datetime]]:
    with phone.house.reader() as reader:
        return [(row.kind, row.happened_at) for row in reader.scalars(select(Slip))]


@pytest.mark.parametrize("kind", SlipKind)
def test_each_slip_is_answered_with_what_to_do_and_whom_to_call(
    phone: Phone, kind: SlipKind
) -> None:
    answer = send(phone, kind.value)
    words = phone.words(answer.location)
    assert steps(kind, phone.facts().plan)[0] in words
    assert "Nothing in your plan has changed: your dates stay as they are." in words
    for part in ("tel:+97140000000", "https://wa.me/971500000000", "tel:998"):
        assert part in main_of(phone.open(answer.location))
    assert NIGHT in words


def test_the_signs_stand_before_the_form(phone: Phone) -> None:
    words = phone.words("/slip")
    assert words.index(NIGHT) < words.index("Call the clinic today") < words.index("What happened?")
    assert words.index("Trouble breathing.") < words.index("What happened?")


@pytest.mark.parametrize("key", KEYS)
def test_no_step_means_what_the_plan_forbids(personas: Personas, key: str) -> None:
    plan = personas.facts(key).plan
    if plan is None:
        return
    for half_days in range(48):
        at = plan.now + timedelta(hours=12 * half_days)
        found = plan_later(plan, at)
        for kind, each in STEPS.items():
            for step, words in zip(each, steps(kind, found), strict=True):
                is_meant = step.activity and words == step.words
                answer = found.bare_answer_at(step.activity, at) if is_meant else Answer.YES
                assert answer <= Answer.LIMITED, (kind, at)


def test_within_the_first_day_hands_and_towels_stay_off(phone: Phone) -> None:
    first_day = FIRST_END + A_DAY
    phone.house.clock.at = first_day - timedelta(seconds=1)
    assert "Keep hands and towels off." in steps(SlipKind.WET, phone.facts().plan)[0]
    phone.house.clock.at = first_day
    assert "Pat it dry" in steps(SlipKind.WET, phone.facts().plan)[0]


def test_where_nothing_is_known_the_stricter_step_is_said() -> None:
    assert "Keep hands and towels off." in steps(SlipKind.WET, None)[0]
    assert steps(SlipKind.SUN, None)[1] == "Out of doors, use an umbrella."


def test_no_step_comforts_diagnoses_or_prescribes() -> None:
    said = " ".join(f"{step.words} {step.instead}" for each in STEPS.values() for step in each)
    found = [word for word in FORBIDDEN.split() if re.search(rf"\b{word}\b", said, re.IGNORECASE)]
    assert found == []
    assert "!" not in said


def test_just_now_is_the_present_and_earlier_is_what_was_typed(phone: Phone) -> None:
    send(phone)
    send(phone, "sun", **earlier("2026-03-03", "21:15"))
    assert stored(phone) == [
        ("wet", TOLD),
        ("sun", datetime.fromisoformat("2026-03-03T21:15+04:00")),
    ]


def test_times_are_typed_on_the_clock_of_the_phone(phone: Phone) -> None:
    phone.browser.post("/time-zone", data={"zone": "Europe/Sofia"})
    assert "Sofia time" in phone.words("/slip")
    send(phone, **earlier("2026-03-04", "08:00"))
    assert stored(phone) == [("wet", datetime.fromisoformat("2026-03-04T08:00+02:00"))]


def test_a_time_that_the_clocks_skip_or_show_twice_is_asked_again(phone: Phone) -> None:
    phone.browser.post("/time-zone", data={"zone": "Europe/Sofia"})
    phone.house.clock.at = datetime(2026, 3, 29, 12, tzinfo=UTC)
    skipped = send(phone, **earlier("2026-03-29", "03:30"))
    assert "There is no 03:30 that day" in words_of(skipped.text)
    phone.house.clock.at = datetime(2026, 10, 25, 12, tzinfo=UTC)
    twice = earlier("2026-10-25", "03:30")
    assert "Choose which one you mean." in words_of(send(phone, **twice).text)
    for which in ("first", "second"):
        assert send(phone, **twice, happened_at_which=which).status_code == 303
    first, second = [happened_at for _kind, happened_at in stored(phone)]
    assert second - first == timedelta(hours=1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": ""}, "Choose what happened."),
        ({"kind": "swam"}, "Choose what happened."),
        ({"kind": "x" * 10_240}, "Use at most 16 characters."),
        ({"kind": "wet\x00"}, "cannot be shown"),
        ({"when": "later"}, "Say when it happened."),
        ({"when": "other"}, "Say when it happened."),
        (earlier("2026-03-04", "09:00") | {"when": "now"}, "Choose one of the two."),
        (earlier("2026-03-04", ""), "Enter a time."),
        (earlier("", "09:00"), "Enter a date."),
        (earlier("2026-02-30", "09:00"), "Enter the date like"),
        (earlier("0001-01-01", "00:00"), "too far away"),
        (earlier("9999-12-31", "23:59"), "too far away"),
        (earlier("2026-03-04", "25:00"), "Enter the time like 16:30."),
        (earlier("2026-03-04", "16:31"), "That time has not come yet."),
        (earlier("2026-02-02", "16:29"), "more than 30 days ago"),
    ],
)
def test_what_cannot_be_is_said_in_words_and_nothing_typed_is_lost(
    phone: Phone, fields: dict[str, str], words: str
) -> None:
    answer = phone.browser.post("/slip", data={"kind": "sweat", "when": "now", **fields})
    assert answer.status_code == 422
    assert words in words_of(answer.text)
    assert 'value="sweat" checked' in answer.text or "kind" in fields
    assert f'value="{fields.get("happened_at_on", "")[:16]}"' in answer.text
    assert stored(phone) == []


@pytest.mark.parametrize(("on", "at"), [("2026-03-04", "16:30"), ("2026-02-02", "16:30")])
def test_up_to_the_minute_and_up_to_thirty_days_it_is_taken(phone: Phone, on: str, at: str) -> None:
    assert send(phone, **earlier(on, at)).status_code == 303


def test_a_form_without_any_field_is_refused_in_words(phone: Phone) -> None:
    answer = phone.browser.post("/slip")
    assert answer.status_code == 422
    assert "Choose what happened." in answer.text


@pytest.mark.parametrize("kind", SlipKind)
def test_every_text_of_the_answer_is_translated(phone: Phone, kind: SlipKind) -> None:
    told = send(phone, kind.value).location
    texts = texts_of(main_of(phone.open(f"{told}?lang=x-pseudo")))
    assert len(texts) > 10
    assert [text for text in texts if "[" not in text] == []


def test_two_taps_make_one_slip(phone: Phone) -> None:
    first, second = send(phone), send(phone)
    assert first.location == second.location
    assert len(stored(phone)) == 1


def test_a_flood_of_slips_meets_a_wall(limited_house: House) -> None:
    amira = limited_house.browser_of("Amira")
    statuses = [amira.post("/slip").status_code for _ in range(11)]
    assert statuses == [303] * 10 + [429]


def test_outside_a_course_it_offers_the_phone_and_no_form(house: House) -> None:
    phone = make_phone(house)
    words, page = phone.words("/slip"), main_of(phone.open("/slip"))
    assert "there is nothing to tell here" in words
    assert "<form" not in page
    assert "tel:+97140000000" in page
    assert send(phone).location == "/slip"
    assert stored(phone) == []


def test_staff_find_it_on_the_board_and_mark_it_seen(phone: Phone) -> None:
    send(phone)
    for name in ("Otto", "Iris", "Olga"):
        assert "Got wet" in words_of(phone.house.browser_of(name).get("/staff").text)
    iris = phone.house.browser_of("Iris")
    action = re.search(r'action="(/staff/clients/\d+/slips/\d+/seen)"', iris.get("/staff").text)
    assert action is not None
    answer = iris.post(action[1], data={"location": ""})
    assert answer.location == "/staff"
    board = words_of(iris.get("/staff").text)
    assert "Noted: you have seen what Amira told." in board
    assert "Got wet" not in board


def test_whoever_looks_at_one_location_comes_back_to_it(phone: Phone) -> None:
    send(phone)
    otto, place = phone.house.browser_of("Otto"), phone.house.location_id
    assert "Got wet" in otto.get(f"/staff?location={place}").text
    seen = f"/staff/clients/{phone.house.clients['Amira']}/slips/1/seen"
    assert otto.post(seen, data={"location": str(place)}).location == f"/staff?location={place}"
    assert otto.post(seen, data={"location": "x" * 999}).location == "/staff"


def test_what_was_seen_stands_in_the_clients_history(phone: Phone) -> None:
    told = send(phone).location
    client = f"/staff/clients/{phone.house.clients['Amira']}"
    iris = phone.house.browser_of("Iris")
    assert "Got wet Wed 4 Mar, 16:30 told Wed 4 Mar, 16:30 Not seen yet" in words_of(
        iris.get(client).text
    )
    iris.post(f"{client}/slips/1/seen")
    assert "Seen by Iris, Wed 4 Mar, 16:30" in words_of(iris.get(client).text)
    assert "Your clinic has seen it." in phone.words(told)


def test_another_clients_slip_is_not_found(phone: Phone) -> None:
    told = send(phone).location
    assert phone.house.browser_of("Basim").get(told).status_code == 404
    other = phone.house.clients["Basim"]
    iris = phone.house.browser_of("Iris")
    assert iris.post(f"/staff/clients/{other}/slips/1/seen").status_code == 404
    with phone.house.reader() as reader:
        assert reader.scalar(select(func.count()).where(Slip.seen_at.is_not(None))) == 0


def test_today_and_something_is_wrong_lead_there(phone: Phone) -> None:
    for page in ("/", "/something-is-wrong"):
        assert 'href="/slip"' in main_of(phone.open(page))
    assert 'href="/slip"' not in phone.house.browser().get("/something-is-wrong").text
