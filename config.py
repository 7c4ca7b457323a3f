"""Settings: the environment, read once, typed, and refused with one kind sentence."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "LIFTDAY_"
MODES = ("development", "test", "production")
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
DEVELOPMENT_URL = "http://127.0.0.1:8000"
SHORTEST_SECRET = 32
PHOTO_STORES = ("s3://", "s3a://")
DEVELOPMENT_ONLY = {
    "CLOCK_FILE": "a clock that can be moved",
    "DEMO": "demo data and demo sign-ins",
    "PUSH_HOSTS": "stand-ins of push services",
    "PUSH_CA_FILE": "an authority of one's own for push services",
}


class SettingsError(Exception):
    """A setting is missing or cannot be right; the message says which one and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the process was told from outside. All paths absolute."""

    mode: str = "development"
    secret_key: str = field(default="", repr=False)
    data_folder: Path = Path("var")
    database_url: str = field(default="", repr=False)
    base_url: str = DEVELOPMENT_URL
    trusted_hops: int = 0
    limits_store: str = field(default="memory://", repr=False)
    log_level: str = "INFO"
    clock_file: Path | None = None
    is_demo: bool = False
    push_contact: str = ""
    push_hosts: str = ""
    push_ca_file: Path | None = None
    photo_store: str = ""
    retention: str = ""

    @property
    def is_production(self) -> bool:
        return self.mode == "production"

    @property
    def is_secure(self) -> bool:
        """Whether pages travel over HTTPS, so that cookies can carry the `__Host-` prefix."""
        return self.base_url.startswith("https://")

    @property
    def push_subject(self) -> str:
        """Whom push services reach when our pushes make trouble (RFC 8292)."""
        return self.push_contact or f"https://{urlsplit(self.base_url).hostname}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names this process answers to; outside production the loopback names too."""
        own = urlsplit(self.base_url).hostname or ""
        return (own,) if self.is_production else (own, *LOOPBACK_HOSTS)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read `LIFTDAY_*`; a name ending in `_FILE` points to a file that holds the value.

        Raises SettingsError in one sentence that names the setting and the way out.
        """
        read = _Reader(os.environ if environ is None else environ)
        mode = read.one_of("MODE", MODES, "development")
        data_folder = Path(read.text("DATA", "var")).absolute()
        settings = cls(
            mode=mode,
            secret_key=read.text("SECRET_KEY", "" if mode == "production" else _fresh_secret()),
            data_folder=data_folder,
            database_url=read.text("DATABASE_URL", f"sqlite:///{data_folder / 'liftday.sqlite'}"),
            base_url=read.text("BASE_URL", "" if mode == "production" else DEVELOPMENT_URL),
            trusted_hops=read.whole_number("TRUSTED_HOPS", 0, highest=5),
            limits_store=read.text("LIMITS_STORE", "memory://"),
            log_level=read.one_of("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"),
            clock_file=read.path("CLOCK_FILE"),
            is_demo=read.one_of("DEMO", ("yes", "no"), "no") == "yes",
            push_contact=read.text("PUSH_CONTACT", ""),
            push_hosts=read.text("PUSH_HOSTS", ""),
            push_ca_file=read.path("PUSH_CA_FILE"),
            photo_store=read.text("PHOTO_STORE", ""),
            retention=read.text("RETENTION", ""),
        )
        _refuse_the_unsafe(settings)
        return settings


def _fresh_secret() -> str:
    return secrets.token_urlsafe(SHORTEST_SECRET)


def _refuse_the_unsafe(settings: Settings) -> None:
    if settings.is_production:
        _refuse_in_production(settings)
    elif urlsplit(settings.base_url).hostname not in LOOPBACK_HOSTS:
        raise SettingsError(
            f"{PREFIX}BASE_URL names another machine than this one, which only production may "
            f"serve: set {PREFIX}MODE=production, or use http://127.0.0.1."
        )
    if settings.photo_store and not settings.photo_store.startswith(PHOTO_STORES):
        raise SettingsError(
            f"{PREFIX}PHOTO_STORE must begin with s3://, as in s3://bucket/folder; without it "
            f"photos lie in {PREFIX}DATA."
        )
    if len(settings.secret_key) < SHORTEST_SECRET:
        raise SettingsError(
            f"{PREFIX}SECRET_KEY is missing or shorter than {SHORTEST_SECRET} characters: "
            'make one with python3 -c "import secrets; print(secrets.token_urlsafe(32))".'
        )


def _refuse_in_production(settings: Settings) -> None:
    switched_on = {
        "CLOCK_FILE": settings.clock_file is not None,
        "DEMO": settings.is_demo,
        "PUSH_HOSTS": bool(settings.push_hosts),
        "PUSH_CA_FILE": settings.push_ca_file is not None,
    }
    for name, what in DEVELOPMENT_ONLY.items():
        if switched_on[name]:
            raise SettingsError(f"{PREFIX}{name} brings {what}; production refuses it: unset it.")
    if not settings.is_secure:
        raise SettingsError(
            f"{PREFIX}BASE_URL is missing or not https: set it to the address clients open, "
            "such as https://care.example.org."
        )


class _Reader:
    """Reads one prefixed variable at a time and says kindly what is wrong with it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def text(self, name: str, default: str) -> str:
        value = self._environ.get(PREFIX + name) or self._from_file(name) or default
        return value.strip()

    def _from_file(self, name: str) -> str | None:
        path = self._environ.get(f"{PREFIX}{name}_FILE")
        # CLOCK_FILE and PUSH_CA_FILE are paths themselves; only twins of names are read through.
        if not path:
            return None
        try:
            return Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{PREFIX}{name}_FILE points to a file that cannot be read ({error.strerror}): "
                "check the path and its permissions."
                if isinstance(error, OSError)
                else f"{PREFIX}{name}_FILE points to a file that is not text."
            ) from error

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in allowed:
            raise SettingsError(f"{PREFIX}{name} must be one of {', '.join(allowed)}.")
        return value

    def whole_number(self, name: str, default: int, highest: int) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and int(value) <= highest):
            raise SettingsError(f"{PREFIX}{name} must be a whole number from 0 to {highest}.")
        return int(value)

    def path(self, name: str) -> Path | None:
        value = self._environ.get(PREFIX + name, "").strip()
        return Path(value).absolute() if value else None
