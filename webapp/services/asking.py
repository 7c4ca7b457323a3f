"""The one matcher of "Can I …?" on the server, for pages and commands alike."""

from functools import cache, lru_cache
from threading import Lock

from webapp.domain.asking import Matcher
from webapp.domain.protocol import Activity, Protocol
from webapp.domain.question import DEFAULT_PROTOCOL
from webapp.domain.synonyms import Synonym, WidenedMatcher, with_synonyms
from webapp.persistence import synonyms
from webapp.protocols.loader import protocols
from webapp.protocols.words.loader import question_words

LANGUAGE = "en"
# Building one takes a quarter of a second: whoever comes meanwhile waits instead of building too.
_building = Lock()


def newest_protocol() -> Protocol:
    """The protocol whose activities the owner chooses from."""
    return protocols()[DEFAULT_PROTOCOL]


def matcher(protocol: Protocol) -> Matcher:
    """The matcher of a protocol's activities and the clinic's own words for them, as they are now:
    another process may have changed them, so they are read, and it is built anew only then."""
    return matcher_with(protocol, synonyms.every())


def matcher_with(protocol: Protocol, own: tuple[Synonym, ...]) -> Matcher:
    """The matcher that there would be with exactly these own words."""
    if not own:
        return published_matcher(protocol)
    with _building:
        return _widened(protocol, own)


@cache
def published_matcher(protocol: Protocol) -> Matcher:
    """The matcher of what the protocol itself says. Needs no database."""
    return Matcher(protocol.activities.values(), question_words(LANGUAGE))


def activities(protocol: Protocol) -> list[Activity]:
    """The activities of a protocol, the clinic's own words among their synonyms."""
    return with_synonyms(protocol.activities.values(), synonyms.every())


@lru_cache(maxsize=4)
def _widened(protocol: Protocol, own: tuple[Synonym, ...]) -> Matcher:
    widened = with_synonyms(protocol.activities.values(), own)
    return WidenedMatcher(published_matcher(protocol), widened, question_words(LANGUAGE))
