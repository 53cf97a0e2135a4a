"""Words an answer over counted facts.

`reply.answer` is the door; `compared`, `deals`, `lists`, `mentions`, `moves` and `weeks` word their parts,
`nouns` a figure with its noun.
"""
