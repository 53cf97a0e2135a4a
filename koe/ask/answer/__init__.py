"""Words the answer: `words` says and renders it, `refusals` says no, `scope` what it was counted over.

`notes` adds what was set aside, and what nobody has read where nothing was found.
"""
