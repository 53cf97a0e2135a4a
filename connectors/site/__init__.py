"""The company's own site.

`website.read_site` is the door; `web_pages` is a page's text, `safe_fetch` asks for pages of one site and of
nothing else.
"""
