"""What the owner makes of what clients ask: a word for an activity, or a note."""

from __future__ import annotations

from wtforms import Form

from webapp.web.forms.texts import text_field
from webapp.web.language import later

# As long as is typed; of what is left once it is plain the service judges.
LONGEST_WORDS = 200
LONGEST_ACTIVITY = 40
LONGEST_NOTE = 500
NO_WORDS = later("Enter the word or the phrase that clients use.")
NO_ACTIVITY = later("Choose what it means.")
NO_NOTE = later("Enter what to remember.")


class SynonymForm(Form):
    """Words, and the activity that they mean."""

    words = text_field(LONGEST_WORDS, missing=NO_WORDS)
    activity = text_field(LONGEST_ACTIVITY, missing=NO_ACTIVITY)


class NoteForm(Form):
    """Something for the next version of the protocol."""

    note = text_field(LONGEST_NOTE, missing=NO_NOTE, has_lines=True)

    @property
    def text(self) -> str:
        """The note in a valid form; one begun with words and not gone on with is just them."""
        typed = self.note.data or ""
        return typed.removesuffix(":") or typed
