"""Words that customers of won deals say and customers of lost deals do not, and the other way round."""

from koe.keywords.render import render
from koe.keywords.report import compute_keywords
from koe.keywords.shape import Keyword, KeywordQuote, KeywordReport

__all__ = ["Keyword", "KeywordQuote", "KeywordReport", "compute_keywords", "render"]
