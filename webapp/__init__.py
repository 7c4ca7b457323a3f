"""The roof: the only place where all floors meet and are wired."""

from __future__ import annotations

import hashlib

from flask import Flask

from config import Settings, SettingsError
from webapp import cli, web, worker
from webapp.domain.retention import Retention, RetentionError
from webapp.gateways.authenticator import TotpAuthenticator
from webapp.gateways.clock import MovedClock, SystemClock, stopwatch
from webapp.gateways.icons import DrawnIcons
from webapp.gateways.jobs import HueyJobs
from webapp.gateways.passkeys import WebAuthnPasskeys
from webapp.gateways.passwords import Argon2Passwords
from webapp.gateways.phones import PhoneNumbers
from webapp.gateways.photos.decoder import ChildDecoder
from webapp.gateways.photos.spool import FileSpool
from webapp.gateways.photos.store import ObjectStore
from webapp.gateways.push.door import PushDoor
from webapp.gateways.push.endpoints import UnsafeSettingError, trusted_hosts
from webapp.gateways.push.vapid import UnusableSubjectError, check_subject
from webapp.gateways.push.vapid_keys import VapidKeys
from webapp.gateways.push.workbench import PushSettings
from webapp.gateways.sealing import FernetSeal
from webapp.gateways.tombstones import TombstoneFile
from webapp.persistence.database import init_database
from webapp.services import upkeep
from webapp.services.ports import Clock, Collaborators
from webapp.web.presenters.notice_words import NoticeTexts

__version__ = "0.1.0"


def create_app(settings: Settings, clock: Clock | None = None) -> Flask:
    """Build the application. Touches no disk and no database until a request or command does.

    `clock` replaces the time for tests that run the application in their own process.
    """
    app = Flask(__name__, template_folder="../templates", static_folder=None)
    app.extensions["settings"] = settings
    app.extensions["collaborators"] = _outer_world(app, settings, clock)
    app.extensions["start_worker"] = worker.start
    init_database(app, settings.database_url)
    web.init_app(app, settings)
    cli.init_app(app)
    return app


def _outer_world(app: Flask, settings: Settings, clock: Clock | None) -> Collaborators:
    push_keys = VapidKeys(settings.data_folder / "vapid")
    return Collaborators(
        clock=clock or _clock(settings),
        passwords=Argon2Passwords(is_cheap=settings.mode == "test"),
        push_keys=push_keys,
        push=_push(settings, push_keys),
        words=NoticeTexts(),
        jobs=HueyJobs(
            settings.data_folder / "jobs.sqlite",
            upkeep.jobs(lambda: app.extensions["collaborators"]),
        ),
        phones=PhoneNumbers(),
        icons=DrawnIcons(),
        uploads=FileSpool(settings.data_folder / "incoming"),
        decoder=ChildDecoder(settings.data_folder / "incoming"),
        objects=ObjectStore(settings.photo_store, settings.data_folder / "photos"),
        authenticator=TotpAuthenticator(),
        passkeys=WebAuthnPasskeys(settings.base_url),
        seal=FernetSeal(_secret_for("second factors", settings)),
        tombstones=TombstoneFile(settings.data_folder / "tombstones.jsonl"),
        base_url=settings.base_url.rstrip("/"),
        stopwatch=stopwatch,
        drawer_key=_secret_for("drawers", settings),
        needs_notice=settings.is_production,
        retention=_retention(settings),
    )


def _clock(settings: Settings) -> Clock:
    return MovedClock(settings.clock_file) if settings.clock_file else SystemClock()


def _retention(settings: Settings) -> Retention:
    try:
        return Retention.from_text(settings.retention)
    except RetentionError as error:
        raise SettingsError(f"LIFTDAY_RETENTION cannot be used. {error}") from error


def _push(settings: Settings, keys: VapidKeys) -> PushDoor:
    """Raises SettingsError where push services would refuse us, or tests' settings are on."""
    try:
        check_subject(settings.push_subject, is_development=not settings.is_production)
        hosts = trusted_hosts(settings.push_hosts, settings.is_production)
    except UnusableSubjectError as error:
        raise SettingsError(f"LIFTDAY_PUSH_CONTACT cannot be used. {error}") from error
    except UnsafeSettingError as error:
        raise SettingsError(f"LIFTDAY_PUSH_HOSTS cannot be used. {error}") from error
    secret = _secret_for("topics", settings)
    return PushDoor(
        keys, settings.push_subject, PushSettings(secret, hosts, settings.push_ca_file), stopwatch
    )


def _secret_for(purpose: str, settings: Settings) -> bytes:
    """A secret for one purpose, which tells nothing of the others."""
    return hashlib.sha256(f"{purpose} {settings.secret_key}".encode()).digest()
