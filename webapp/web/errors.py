"""One table from errors to pages."""

from __future__ import annotations

from flask import Flask, Response, render_template
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound, SecurityError

from webapp.services.clinic import NOT_SET_UP
from webapp.services.errors import NotFoundError
from webapp.web.language import gettext as _
from webapp.web.page import render, ui_for


def init_app(app: Flask) -> None:
    """Show every error as a page that says what to do next."""
    app.register_error_handler(HTTPException, _show)
    app.register_error_handler(NotFoundError, lambda error: _show(NotFound()))


def _words(code: int) -> tuple[str, str]:
    """The heading and the advice for a status code."""
    table = {
        400: (_("We could not read that"), _("Go back, check what you entered and send it again.")),
        403: (
            _("This did not come from our own page"),
            _("Open the page again from its start and try once more."),
        ),
        404: (_("There is nothing here"), _("The page may have moved. Start again from Today.")),
        405: (_("There is nothing here"), _("The page may have moved. Start again from Today.")),
        413: (_("That was too large"), _("Send less at once. Nothing was saved.")),
        422: (
            _("Something is missing there"),
            _("Go back, check what you entered and send it again. Nothing was saved."),
        ),
        429: (_("Too many tries"), _("Please wait a minute and try again.")),
    }
    fallback = (
        _("Something went wrong on our side"),
        _("Nothing you saved is lost. If it is about your healing, please call the clinic."),
    )
    return table.get(code, fallback)


def _show(error: HTTPException) -> tuple[str, int] | Response:
    code = error.code or InternalServerError.code
    if isinstance(error, SecurityError):
        # Asked for under a foreign name: no address of ours may be written into the answer.
        return Response(_("This address is not served here."), code, content_type="text/plain")
    heading, advice = _words(code)
    words = {"heading": heading, "advice": advice}
    if code < InternalServerError.code:
        return render("errors/error.html", **words), code
    # Whatever broke may be the database: this page must not ask it for the clinic's name.
    frame = ui_for(None, NOT_SET_UP)
    return render_template("errors/error.html", ui=frame, **words), code
