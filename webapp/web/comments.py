"""Comments and indents are for whoever reads our scripts and styles, and do not travel."""

from __future__ import annotations

import re

# Only what stands in lines of its own: so nothing inside a text is ever taken for one.
OWN_LINES = re.compile(r"^ *(?:/\*\*.*?\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
OF_STYLES = re.compile(r"^ *(?:/\*.*?\*/)?\n|^ +", re.MULTILINE | re.DOTALL)


def without_comments(script: str) -> str:
    """The same script for a browser.

    >>> without_comments("// Why.\\nlet address = 'a//b'; // kept\\n")
    "let address = 'a//b'; // kept\\n"
    """
    return OWN_LINES.sub("", script)


def without_indents(style: str) -> str:
    """The same style sheet for a browser, without empty lines and comments as well.

    >>> without_indents("/* Why. */\\n.a {\\n  color: red; /* kept */\\n}\\n\\n")
    '.a {\\ncolor: red; /* kept */\\n}\\n'
    """
    return OF_STYLES.sub("", style)
