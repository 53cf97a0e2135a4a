"""What sources over HTTP have in common.

`client` is the one client, with one policy for what goes wrong: over `asking` (a question and its answer),
`auth` and `limits`. `vendor` is the shell around a vendor, `windows` and `phases` its cursors, `opening`
what it is opened with and what `koe doctor` checks. `recording` writes down what it answers, for tests.
"""
