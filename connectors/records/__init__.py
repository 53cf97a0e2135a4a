"""What a record is made of, whoever gives it, and koe's own file format.

`json_lines` reads objects out of a file, `file_format` makes a conversation or a deal of one, `values` says
how each value is kept: over `amounts`, `dates` and `outcomes`, as people and their tools write them.
`accounts` is whose words a ticket holds, `speakers` who speaks; `fields` reads a vendor's object so that no
surprise is a crash.
"""
