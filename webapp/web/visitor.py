"""Who asks, as far as a request tells: the source of tries, and the device in words."""

from __future__ import annotations

from flask import request

from webapp.services.attempts import Source, source_of
from webapp.web.context import settings
from webapp.web.language import gettext as _

# The first that occurs in the browser's own description wins: the order matters.
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def source() -> Source:
    """The keyed hash of this request's network and browser."""
    browser = request.user_agent.string
    return source_of(settings().secret_key, request.remote_addr or "", browser)


def device_words() -> str:
    """`iPhone, Safari`: the device that asks, as its holder will recognise it."""
    agent = request.user_agent.string
    device = next((words for sign, words in DEVICES if sign in agent), "")
    browser = next((words for sign, words in BROWSERS if sign in agent), "")
    if device and browser:
        return _("%(device)s, %(browser)s", device=device, browser=browser)
    return device or browser or _("Unknown device")
