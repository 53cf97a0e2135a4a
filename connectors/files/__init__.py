"""The source `files`: a folder of exports.

`source` is the door. `parts` says which files are read and as what, `readings` what is said of a table that
is, `not_read` what of the others; `listing` is what a listing proves gone. `inspection` tells all of it in
lines, for `koe files inspect`: `inspected_table` a table, `placing` whose the speakers are that nobody can
place.
"""
