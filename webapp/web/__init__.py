"""Floor 3: HTTP only."""

from __future__ import annotations

import importlib
import pkgutil

from flask import Flask, redirect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from config import Settings
from webapp.services.clinic import look
from webapp.web import (
    access,
    addresses,
    assets,
    components,
    compression,
    context,
    errors,
    keeping,
    language,
    limits,
    login,
    request_log,
    security,
    views,
)
from webapp.web.access import open_to_everybody
from webapp.web.icons import icon_mark, icon_url


def init_app(app: Flask, settings: Settings) -> None:
    """Everything between the socket and a service, in the order a request meets it."""
    app.config["SECRET_KEY"] = settings.secret_key
    # No view here is asynchronous; Flask would look again at each of them at every request.
    app.ensure_sync = lambda function: function  # type: ignore[method-assign, assignment]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.trusted_hops:
        hops = settings.trusted_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    context.init_app(app)
    addresses.init_app(app)
    request_log.init_app(app, settings)
    security.init_app(app, settings)
    login.init_app(app, settings)
    language.init_app(app, settings)
    limits.init_app(app, settings)
    compression.init_app(app)
    assets.init_app(app)
    components.init_app(app)
    keeping.init_app(app)
    errors.init_app(app)
    for name in _view_modules():
        app.register_blueprint(importlib.import_module(name).blueprint)
    app.add_url_rule("/favicon.ico", "favicon", _favicon)
    access.init_app(app)


def _view_modules() -> list[str]:
    """Every module in `views` brings one `blueprint`."""
    return [f"{views.__name__}.{found.name}" for found in pkgutil.iter_modules(views.__path__)]


@open_to_everybody
def _favicon() -> Response:
    return redirect(icon_url(icon_mark(look()), "favicon-48"))
