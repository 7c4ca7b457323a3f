"""What stands on a page is escaped, however cheaply."""

import pytest
from flask import Flask
from markupsafe import Markup, escape

from webapp.web.components import escaped

TEXTS = ["", "Sauna", "a & b", "<b>", "1 > 0", 'say "no"', "it's", "Καλημέρα"]


class Drawn:
    def __html__(self) -> str:
        return "<svg/>"


@pytest.mark.parametrize("value", [*TEXTS, 7, -1, True, None, ["<"]])
def test_a_value_is_escaped_as_everywhere_else(value: object) -> None:
    assert escaped(value) == escape(value)


@pytest.mark.parametrize("value", [Markup("<svg/>"), Drawn()], ids=["Markup", "Drawn"])
def test_what_is_drawn_already_is_not_escaped_again(value: object) -> None:
    assert escaped(value) == "<svg/>"


def test_templates_escape_what_they_are_given(app: Flask) -> None:
    template = app.jinja_env.from_string(
        "{% macro two(a) %}{{ a }}{{ a }}{% endmacro %}{{ two(one) }}{{ one ~ one }}"
    )
    assert template.render(one="<b>") == "&lt;b&gt;" * 4


def test_a_component_is_called_with_its_defaults_and_by_name(app: Flask) -> None:
    template = app.jinja_env.from_string(
        "{% macro call(a, b='2') %}{{ a }}{{ b }}{{ caller() }}{% endmacro %}"
        "{% for c in '34' %}{% call call(c, b=loop.index) %}<{% endcall %}{% endfor %}"
    )
    assert template.render() == "31<42<"
