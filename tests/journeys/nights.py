"""A night that brings a client from "not yet" to "water only", whatever the time of day."""

from __future__ import annotations

from datetime import timedelta

from webapp.services.demo_personas import PERSONAS

KEEP_DRY = next(persona for persona in PERSONAS if persona.key == "keep-dry")
# Her session ended the day before yesterday in the afternoon, so that she waits from two days and
# sixteen and a half hours, just before midnight, to a whole day more, just after it.
LONG_NIGHT = timedelta(days=3, hours=17)
