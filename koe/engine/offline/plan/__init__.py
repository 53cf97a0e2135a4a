"""Reads a question.

`filters.plan` is the door. The words it knows are patterns: `kinds` of findings, `who` and which accounts,
`losing` when they did not buy, `deals` by what they are worth, `money` what they are worth together, `moves`
of themes, and `words` for every other filter; `periods` finds the days that are meant, `calendar_days` counts
them. `compared` finds two matters that are held against each other.
"""
