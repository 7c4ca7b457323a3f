"""The switches for a copy that works without the network: instants and ready answers, no rule."""

from __future__ import annotations

import json
from datetime import datetime

from webapp.domain.protocol import Answer
from webapp.services.switches import Switch, switches_of
from webapp.services.today import Facts
from webapp.web.presenters.times import iso, next_quarter

SHORT = json.JSONEncoder(separators=(",", ":"))
WORDS = {answer: answer.word for answer in Answer}


def switches_json(facts: Facts, now: datetime) -> tuple[str, datetime]:
    """As JSON: `as_of`, `protocol`, `zone` and `states` in order of time; and the instant (UTC)
    at which the same question gets another answer, if nobody changes the course.

    The first state holds every answer, each later one only those that change at its `at`. An
    answer is `yes`, `limited`, `ask` or `no`. Without a plan there is no state: ask the clinic.
    """
    plan = facts.plan
    switches = list(switches_of(plan)) if plan else []
    body = SHORT.encode(
        {
            "as_of": iso(now),
            "protocol": f"{plan.protocol.id}-{plan.protocol.version}" if plan else "",
            "zone": facts.zone.key,
            "states": [_state(switch) for switch in switches],
        }
    )
    return body, min([next_quarter(now), *(switch.at for switch in switches[1:2])])


def _state(switch: Switch) -> dict[str, object]:
    return {
        "at": iso(switch.at),
        "phase": {"id": switch.phase, "session": switch.session},
        "answers": {activity: WORDS[answer] for activity, answer in switch.answers.items()},
    }
