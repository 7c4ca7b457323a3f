"""The server's door."""

from config import Settings
from webapp import create_app

app = create_app(Settings.from_env())
