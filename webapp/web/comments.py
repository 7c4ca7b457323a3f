"""Comments of scripts: they are for whoever reads the modules, and do not travel."""

from __future__ import annotations

import re

# Only what stands in lines of its own: so nothing inside a text is ever taken for one.
OWN_LINES = re.compile(r"^ *(?:/\*\*.*?\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)


def without_comments(script: str) -> str:
    """The same script for a browser.

    >>> without_comments("// Why.\\nlet address = 'a//b'; // kept\\n")
    "let address = 'a//b'; // kept\\n"
    """
    return OWN_LINES.sub("", script)
