"""Words an answer over counted facts.

`reply.answer` is the door; `deals`, `lists` and `moves` word their parts, `nouns` a figure with its noun.
"""
