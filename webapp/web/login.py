"""The sign-in cookie, and Flask-Login behind one file.

The cookie carries a random token; the server keeps its hash in a login record. Flask-Login's own
session and remember cookies are not used: they cannot be revoked for one device.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Request, request
from flask import Response as FlaskResponse
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin
from werkzeug.wrappers import Response

from config import Settings
from webapp.domain.people import SignedIn
from webapp.services import logins
from webapp.web.context import collaborators, settings
from webapp.web.cookies import give

COOKIE_DAYS = 400  # browsers keep no cookie longer


class User(UserMixin):  # type: ignore[misc]
    """Flask-Login's view of whoever is signed in."""

    def __init__(self, person: SignedIn) -> None:
        self.person = person

    def get_id(self) -> str:
        return str(self.person.account_id)


class TokenLogin(LoginManager):  # type: ignore[misc]
    """Flask-Login with our token in the place of its session and remember cookies."""

    def _load_user(self) -> None:
        self._update_request_context_with_user(_load())

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


class NoticeCookie(SecureCookieSessionInterface):
    """Flask's session, which only carries notices to the next page: mostly there is none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: FlaskResponse) -> None:
        if session or session.modified:
            super().save_session(app, session, response)


def init_app(app: Flask, settings: Settings) -> None:
    """Attach the sign-in by cookie token."""
    app.config["SESSION_COOKIE_NAME"] = cookie_name(settings, "flash")
    app.config["SESSION_COOKIE_SECURE"] = settings.is_secure
    app.config["SESSION_COOKIE_HTTPONLY"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.session_interface = NoticeCookie()
    TokenLogin().init_app(app, add_context_processor=False)


def cookie_name(settings: Settings, purpose: str) -> str:
    """`__Host-` binds the cookie to this host and to HTTPS; plain http://localhost has none."""
    return f"__Host-{purpose}" if settings.is_secure else purpose


def held_token() -> str:
    """The token in this browser's cookie, whatever it is worth; '' without one."""
    return request.cookies.get(cookie_name(settings(), "liftday"), "")


def _load() -> User | None:
    token = held_token()
    if not token:
        return None
    person = logins.find(collaborators(), token)
    return User(person) if person else None


def remember(response: Response, token: str) -> None:
    """Give this browser the login's token."""
    give(response, cookie_name(settings(), "liftday"), token, timedelta(days=COOKIE_DAYS))


def forget(response: Response) -> None:
    """Take the token from this browser and clear what it stored of us."""
    response.delete_cookie(
        cookie_name(settings(), "liftday"),
        secure=settings().is_secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
