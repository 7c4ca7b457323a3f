"""Phone numbers as people type them, by the rules of each country."""

from __future__ import annotations

import phonenumbers

LONGEST_INPUT = 40


class PhoneNumbers:
    """Reads international numbers, and local ones of one country."""

    def __init__(self, home_region: str = "AE") -> None:
        self._home_region = home_region

    def normalised(self, text: str) -> str | None:
        """The number in E.164 (such as +971501234567), or None where it cannot be one."""
        if len(text) > LONGEST_INPUT or any(sign.isalpha() for sign in text):
            return None
        try:
            number = phonenumbers.parse(text, self._home_region)
        except phonenumbers.NumberParseException:
            return None
        if not phonenumbers.is_possible_number(number):
            return None
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def shown(self, number: str) -> str:
        """`+971 50 123 4567` for a number in E.164; any other text as it is."""
        if not number.startswith("+"):
            return number
        try:
            parsed = phonenumbers.parse(number)
        except phonenumbers.NumberParseException:
            return number
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
