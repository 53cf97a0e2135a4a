"""Pages out of the templates in this folder: whatever a template prints is escaped and harmless."""

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from koe.language.text import Language, language_of
from koe.report import charts, figures, safe, unread
from koe.report.words import words_in

__all__ = ["render"]

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, language: Language, values: Mapping[str, object], folder: Path = TEMPLATES) -> str:
    """The page of a template, in HTML or (by a name that ends with `.md.j2`) in Markdown.

    A template in a `folder` elsewhere may extend and include those of this one.

    Every template sees `w` (the words), `language`, `day`, `span`, `money`, `week_title`, `week_label`,
    `signed`, `shorten`, `language_of`, what `koe.report.unread` offers
    and the drawings `bar`, `spark`, `columns`, `line`.
    """
    spoken = {
        name: partial(getattr(figures, name), language=language)
        for name in ("day", "span", "money", "week_label", "week_title")
    }
    environment = _environment(folder, markdown=template.endswith(".md.j2"))
    return environment.get_template(template).render(
        **spoken, w=words_in(language), language=language, **values
    )


@cache
def _environment(folder: Path, markdown: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([folder, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_harmless_markdown if markdown else _harmless,
    )
    environment.globals.update({name: getattr(charts, name) for name in charts.__all__})
    environment.globals.update(
        signed=figures.signed,
        shorten=safe.shorten,
        language_of=language_of,
        **{name: getattr(unread, name) for name in unread.__all__},
    )
    return environment


def _harmless(value: object) -> object:
    return safe.html(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _harmless_markdown(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return Markup(safe.markdown(value))
    return value
