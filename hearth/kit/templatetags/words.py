"""Django's own `{% translate %}` and `{% static %}`, but what never changes is written out when a
template is compiled. The settings put this in the place of `i18n` and `static`; it needs the
loader of `kit.loading`, which keeps one compiled template for each language."""

from typing import Any

from django import template
from django.template import Context, Node
from django.template.base import FilterExpression, Parser, TextNode, Token
from django.templatetags import i18n, static

register = template.Library()
register.tags |= i18n.register.tags | static.register.tags
register.filters |= i18n.register.filters | static.register.filters


def written(node: Node) -> TextNode:
    """A node that needs nothing of the page, as the text that it always gives."""
    return TextNode(str(node.render(Context())))


def is_literal(expression: FilterExpression) -> bool:
    """Does it say the same on every page?"""
    literal = not expression.is_var or getattr(expression.var, "literal", None) is not None
    return literal and not expression.filters


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    node: Any = i18n.do_translate(parser, token)
    kept = node.asvar or node.message_context or not is_literal(node.filter_expression)
    return node if kept else written(node)


@register.tag("static")
def place(parser: Parser, token: Token) -> Node:
    node: Any = static.do_static(parser, token)
    return node if node.varname or not is_literal(node.path) else written(node)
