"""Counts findings and quotes them.

`figures` is the door: what was found, with `count` for the values, `who` for accounts, trades and amounts,
`quotes` for words and days. Questions of a kind of their own: `both` (accounts that say several kinds of
thing, or most), `compared` (two matters), `ends` (the first or last voice), `moves` (themes that rise or
fall), `without` (all but a matter). `kinds` is what people call the kinds of findings, `lately` tells
equally strong themes apart.
"""
