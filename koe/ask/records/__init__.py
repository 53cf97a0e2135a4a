"""Counts deals and conversations themselves, whatever was found in them.

`volume` is how much came in, `amounts` what deals are worth, `reasons` why they were lost as people entered
it (`reason_parts`: several in one field), `terms` the words of one outcome, `mention` who uses a term at all
(`lone`: a word by itself), `replies` what agents answered (`said_next`: what they said next to a customer's
words).
"""
