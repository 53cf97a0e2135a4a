"""Reads the question further than the engine's plan does.

`plans` makes the filters safe that an engine proposes; `slips` puts slips of the pen right; `named` finds the
accounts and records that a question names, `narrow` the deals it is kept to; `compared` makes two questions
of one that holds two matters against each other; `today` is the day that it counts from; `written` says what
it is about as a person would write it.
"""
