"""Everything the clinic keeps of a client, photos included, in one archive."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any, NamedTuple

from webapp.domain.people import SignedIn
from webapp.persistence import audit, client_rows, clients, photo_consents, photo_requests, photos
from webapp.persistence.database import reading, writing
from webapp.persistence.photos import PhotoRow
from webapp.services.errors import NotFoundError
from webapp.services.notice_report import account_of
from webapp.services.ports import Collaborators

LIST = "photos.json"
RECORD = "client.json"


class Exported(NamedTuple):
    """`missing`: photos whose bytes are not there; the list names them all the same."""

    photos: int
    missing: int


def export_of(with_: Collaborators, client: str, archive: IO[bytes]) -> Exported:
    """The same for the terminal, where a client is named by code or number.

    Raises UnknownClient.
    """
    client_id = clients.of_account(reading(), account_of(client))
    return _export(with_, None, client_id, archive)


def export(with_: Collaborators, by: SignedIn, client_id: int, archive: IO[bytes]) -> Exported:
    """Write a zip of a client's record and of all photos with what is known of them: also what lies
    in the bin or is locked, and says so; also where the record is restricted. One row in the audit.

    Raises NotFoundError for anybody but the owner, and StoreUnreachableError.
    """
    is_there = clients.read(reading(), client_id, with_restricted=True) is not None
    if not by.is_owner or not is_there:
        raise NotFoundError
    return _export(with_, by, client_id, archive)


def _export(
    with_: Collaborators, by: SignedIn | None, client_id: int, archive: IO[bytes]
) -> Exported:
    now, actor = with_.clock.now(), by.account_id if by else None
    with writing() as writer:
        audit.record(writer, now, actor, "photos-exported", ("client", client_id))
    rows = photos.of_client(reading(), client_id)
    names = dict(_named(rows))
    missing = []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
        for row in rows:
            if not _copied(with_, row, file, names[row.id]):
                missing.append(row.id)
        told = _told(client_id, rows, names, now)
        for one, row in zip(told["photos"], rows, strict=True):
            one["file"] = None if row.id in missing else names[row.id]
        file.writestr(LIST, json.dumps(told, indent=2, ensure_ascii=False))
        file.writestr(RECORD, json.dumps(_record(client_id), indent=2, ensure_ascii=False))
    return Exported(len(rows), len(missing))


def _named(rows: list[PhotoRow]) -> Iterator[tuple[int, str]]:
    """A name for each photo's file: its day, its zone and a number, the oldest first."""
    counted: Counter[str] = Counter()
    for row in reversed(rows):
        name = f"{row.taken_at:%Y-%m-%d}-{row.zone}"
        counted[name] += 1
        yield row.id, f"photos/{name}-{counted[name]}.jpg"


def _copied(with_: Collaborators, row: PhotoRow, file: zipfile.ZipFile, name: str) -> bool:
    try:
        pieces = with_.objects.stream(row.key)
    except FileNotFoundError:
        return False
    about = zipfile.ZipInfo(name, row.taken_at.timetuple()[:6])
    with file.open(about, "w") as target:
        for piece in pieces:
            target.write(piece)
    return True


def _told(
    client_id: int, rows: list[PhotoRow], names: Mapping[int, str], now: datetime
) -> dict[str, Any]:
    reader = reading()
    client = clients.read(reader, client_id, with_restricted=True)
    assert client
    public = {row.id: row.public_id for row in rows}
    return {
        "client": client.code,
        "exported_at": now.isoformat(),
        "photos": [_photo(row) for row in rows],
        "consents": [
            {
                "kind": one.kind,
                "photo": public.get(one.photo_id or 0),
                "granted": one.is_granted,
                "said_at": one.said_at.isoformat(),
                "said_by": one.said_by,
            }
            for one in photo_consents.history(reader, client_id)
        ],
        "requests": [
            {"zone": one.zone, "words": one.words, "due_on": one.due_on.isoformat()}
            | _instants(one, ("asked_at", "answered_at", "seen_at", "cancelled_at"))
            for one in photo_requests.of_client(reader, client_id)
        ],
    }


def _record(client_id: int) -> dict[str, Any]:
    """What the clinic keeps beside the photos: whoever it is, courses, consents, notices."""
    client = clients.read(reading(), client_id, with_restricted=True)
    assert client
    rows = client_rows.record(reading(), client_id)
    return {
        "code": client.code,
        "name": client.name,
        "phone": client.phone,
        "note": client.note,
        "location": client.location_name,
        "added_at": client.created_at.isoformat(),
        "is_restricted": client.is_disabled,
    } | {table: [_plain(row) for row in found] for table, found in rows.items()}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Dates and instants as text."""
    return {n: v.isoformat() if isinstance(v, date) else v for n, v in row.items()}


def _photo(row: PhotoRow) -> dict[str, Any]:
    said = {
        "photo": row.public_id,
        "zone": row.zone,
        "course": row.course_id,
        "session": row.session_number,
        "note": row.note,
        "uploaded_by": row.uploaded_by,
        "is_from_client": row.is_from_client,
        "width": row.width,
        "height": row.height,
        "sha256": row.content_hash.hex(),
    }
    instants = (
        "taken_at", "uploaded_at", "shared_at", "released_at", "marked_at",
        "binned_at", "erase_at", "locked_at",
    )  # fmt: skip
    return said | _instants(row, instants)


def _instants(row: object, names: tuple[str, ...]) -> dict[str, str | None]:
    found = {name: getattr(row, name) for name in names}
    return {name: at.isoformat() if at else None for name, at in found.items()}
