"""Components that are the same for everybody are drawn once.

An icon stands on a page thirty times, and the navigation on all pages. What they look like
depends on nothing but their arguments, and there are few of those; nothing of a person is kept.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask
from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

# Macro by name, each in the file of its name, and how many different ones are kept.
DRAWN_ONCE = {
    "allowed_list": 256,
    "ask_shortcut": 8,
    "clinic_mark": 16,
    "help_bar": 64,
    "icon": 256,
    "inline_list": 512,
    "more_link": 256,
    "nav_bar": 64,
}
# What the client's pages use is there without an import: looking a file up costs a little, and
# there it would be done twenty times a page.
AT_HAND = (
    *DRAWN_ONCE,
    "answer_card",
    "button",
    "next_lift",
    "notice",
    "phase_ring",
    "restriction_list",
    "session_card",
)
# A macro, and one that remembers what it drew.
COMPONENTS = (Macro, type(lru_cache(str)))


class Component(Template):
    """A template that has the environment's globals and none of its own.

    Jinja would compare all of them at each import, and chain two mappings at each rendering, in
    case a template got some more; ours never do, and a page imports twenty times.
    """

    @classmethod
    def _from_namespace(
        cls,
        environment: Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],
    ) -> Template:
        # The compiled template calls it by this name.
        namespace["escape"] = escaped
        template = super()._from_namespace(environment, namespace, globals)
        template.globals = environment.globals
        return template

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self._module or super()._get_default_module(ctx)


class Drawing(Context):
    """A context that does not look anew, at each call of a component, whether it is one.

    Jinja asks whatever a template calls if it wants to know the context. A macro never does.
    """

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if type(called) not in COMPONENTS:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(*args, **kwargs)


def escaped(value: object) -> str:
    """What `markupsafe.escape` gives. Text that needs no change stays the object it is: there are
    a hundred such on a page, and Jinja puts them together without looking at them again."""
    if type(value) is Markup:
        return value
    if type(value) is int:
        return str(value)
    if type(value) is not str:
        return escape(value)
    if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
        return escape(value)
    return value


def init_app(app: Flask) -> None:
    """Exchange some macros for ones that remember what they drew, and lay others ready."""
    environment = app.jinja_env
    environment.template_class = Component
    environment.context_class = Drawing
    for name in AT_HAND:
        module = environment.get_template(f"components/{name}.html").module
        macro = getattr(module, name)
        if name in DRAWN_ONCE:
            macro = lru_cache(maxsize=DRAWN_ONCE[name])(macro)
            setattr(module, name, macro)
        environment.globals[name] = macro
