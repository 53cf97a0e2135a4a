"""Puts findings under themes and gives new themes their names.

`grouping.settle` and `grouping.gather` are the doors. `names` chooses among the headings that the findings'
own words offer: `headings` in Japanese (over `phrases` and `predicates`; `plain_form` for how one ends),
`headings_en` in English; `like` says how much one looks like a name that a person gives. What was learned
lies beside the code.
"""
