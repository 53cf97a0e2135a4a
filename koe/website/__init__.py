"""The company's website beside what customers say: words it does not use, questions it does not answer."""

from koe.website.pages import Pages, keep_pages, load_pages

__all__ = ["Pages", "keep_pages", "load_pages"]
