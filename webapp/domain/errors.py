"""Everything that can be wrong with a question about aftercare, by name.

The classes stand in the order in which faults are reported: the first that applies wins.
"""

from typing import ClassVar


class AftercareError(Exception):
    """A question that cannot be answered. `code` is for machines, `message` for people."""

    code: ClassVar[str] = "aftercare"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidJsonError(AftercareError):
    """The line is not a JSON object."""

    code = "invalid-json"


class UnknownProtocolError(AftercareError):
    """No protocol has this name."""

    code = "unknown-protocol"


class UnknownTimeZoneError(AftercareError):
    """The text is no name of the IANA time zone database."""

    code = "unknown-timezone"


class InvalidCourseError(AftercareError):
    """A field is missing, of the wrong kind, unreadable or out of its range."""

    code = "invalid-course"


class NaiveDatetimeError(AftercareError):
    """A date and time without an offset: it names no instant."""

    code = "naive-datetime"


class NowAfterAtError(AftercareError):
    """The question is about the past; a plan only looks ahead."""

    code = "now-after-at"


class SessionOrderError(AftercareError):
    """The treatment sessions contradict one another or themselves."""

    code = "session-order"


class LastSessionNotPerformedError(AftercareError):
    """The course is said to be over, but its last session was not performed."""

    code = "last-session-not-performed"


class InvalidQuestionError(AftercareError):
    """There is no text to be read as "Can I …?"."""

    code = "invalid-question"
