"""Reads conversations for what customers said.

`reading.find` is the door: `text` cuts a turn into clauses, `context` says what stands around it, `features`
lays its runs of clauses out (`cues`, `grams`, `tokens`), `model` weighs them (`net`, and `encoder` over
`pieces` where English is in doubt), `spans` picks, `rules` and `others` take back, `words` trims and states.
`chances` is how likely each stretch holds each kind, for `ask`. What was learned lies beside the code.
"""
