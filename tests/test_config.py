"""Settings: typed, and refused with one sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import Settings, SettingsError
from webapp import create_app

KEY = "k" * 32
PRODUCTION = {
    "LIFTDAY_MODE": "production",
    "LIFTDAY_SECRET_KEY": KEY,
    "LIFTDAY_BASE_URL": "https://care.clinic.bg",
}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"MODE": "staging"}, "LIFTDAY_MODE must be one of development, test, production."),
        ({"SECRET_KEY": ""}, "LIFTDAY_SECRET_KEY is missing or shorter than 32 characters"),
        ({"SECRET_KEY": "k" * 31}, "LIFTDAY_SECRET_KEY is missing or shorter than 32 characters"),
        ({"BASE_URL": ""}, "LIFTDAY_BASE_URL is missing or not https"),
        ({"BASE_URL": "http://care.clinic.bg"}, "LIFTDAY_BASE_URL is missing or not https"),
        ({"DEMO": "yes"}, "LIFTDAY_DEMO brings demo data and demo sign-ins; production refuses"),
        ({"CLOCK_FILE": "moved.clock"}, "LIFTDAY_CLOCK_FILE brings a clock that can be moved"),
        ({"CLOCK_FILE": "no"}, "LIFTDAY_CLOCK_FILE brings a clock that can be moved"),
        ({"PUSH_HOSTS": "push.test"}, "LIFTDAY_PUSH_HOSTS brings stand-ins of push services;"),
        ({"PUSH_CA_FILE": "ca.pem"}, "LIFTDAY_PUSH_CA_FILE brings an authority of one's own"),
        ({"TRUSTED_HOPS": "-1"}, "LIFTDAY_TRUSTED_HOPS must be a whole number from 0 to 5."),
        ({"TRUSTED_HOPS": "6"}, "LIFTDAY_TRUSTED_HOPS must be a whole number from 0 to 5."),
        ({"TRUSTED_HOPS": "two"}, "LIFTDAY_TRUSTED_HOPS must be a whole number from 0 to 5."),
        ({"LOG_LEVEL": "LOUD"}, "LIFTDAY_LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR."),
        ({"PHOTO_STORE": "ftp://x"}, "LIFTDAY_PHOTO_STORE must begin with s3://, as in s3://buck"),
        ({"DEMO": "maybe"}, "LIFTDAY_DEMO must be one of yes, no."),
    ],
)
def test_a_setting_that_cannot_be_right_is_named_in_one_sentence(
    changes: dict[str, str], said: str
) -> None:
    environ = PRODUCTION | {f"LIFTDAY_{name}": value for name, value in changes.items()}
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(environ)
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


def test_production_starts_with_its_three_settings() -> None:
    settings = Settings.from_env(PRODUCTION)
    assert settings.is_production
    assert settings.is_secure
    assert settings.hosts == ("care.clinic.bg",)


def test_development_needs_nothing_and_has_no_default_secret() -> None:
    one, other = Settings.from_env({}), Settings.from_env({})
    assert one.mode == "development"
    assert len(one.secret_key) >= 32
    assert one.secret_key != other.secret_key


def test_only_production_serves_other_machines() -> None:
    with pytest.raises(SettingsError, match="LIFTDAY_MODE=production"):
        Settings.from_env({"LIFTDAY_BASE_URL": "https://care.clinic.bg"})


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL"])
def test_a_setting_can_stand_in_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text(f"{'v' * 40}\n")
    rest = {key: value for key, value in PRODUCTION.items() if key != f"LIFTDAY_{name}"}
    settings = Settings.from_env(rest | {f"LIFTDAY_{name}_FILE": str(tmp_path / "secret")})
    assert getattr(settings, name.lower()) == "v" * 40


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "points to a file that cannot be read"), (b"\xff\xfe\x00", "that is not text")],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    environ = {"LIFTDAY_SECRET_KEY_FILE": str(tmp_path / "secret")}
    with pytest.raises(SettingsError, match=said):
        Settings.from_env(environ)


def test_demo_data_cannot_be_switched_on_by_a_file_either(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("yes")
    with pytest.raises(SettingsError, match="LIFTDAY_DEMO brings demo data"):
        Settings.from_env(PRODUCTION | {"LIFTDAY_DEMO_FILE": str(tmp_path / "demo")})


def test_settings_do_not_print_their_secrets() -> None:
    printed = repr(Settings.from_env(PRODUCTION | {"LIFTDAY_DATABASE_URL": "sqlite:///hidden"}))
    assert KEY not in printed
    assert "hidden" not in printed


@pytest.mark.parametrize(
    "wrong", ["mailto:care@localhost", "https://care.example.com", "care@clinic.bg"]
)
def test_a_contact_that_push_services_would_refuse_stops_the_start(
    wrong: str, tmp_path: Path
) -> None:
    settings = Settings.from_env(
        PRODUCTION | {"LIFTDAY_PUSH_CONTACT": wrong, "LIFTDAY_DATA": str(tmp_path)}
    )
    with pytest.raises(SettingsError, match="LIFTDAY_PUSH_CONTACT cannot be used"):
        create_app(settings)


@pytest.mark.parametrize("wrong", ["logins=0", "photos=30", "a year"])
def test_a_retention_that_says_nothing_stops_the_start(wrong: str, tmp_path: Path) -> None:
    settings = Settings.from_env({"LIFTDAY_RETENTION": wrong, "LIFTDAY_DATA": str(tmp_path)})
    with pytest.raises(SettingsError, match=r"LIFTDAY_RETENTION cannot be used\. "):
        create_app(settings)


def test_a_retention_reaches_those_who_tidy(tmp_path: Path) -> None:
    settings = Settings.from_env({"LIFTDAY_RETENTION": "logins=90", "LIFTDAY_DATA": str(tmp_path)})
    retention = create_app(settings).extensions["collaborators"].retention
    assert (retention.logins, retention.pushes) == (90, 180)


def test_without_a_contact_push_services_are_told_the_clinics_own_host() -> None:
    assert Settings.from_env(PRODUCTION).push_subject == "https://care.clinic.bg"
