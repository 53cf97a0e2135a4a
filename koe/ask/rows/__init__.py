"""What a question is asked of, as far as its filters let it through.

`select` has the findings, `units` the passages; `fitting` keeps findings of the kinds asked for, and sets
aside what speaks for us in deals that were lost.
"""
