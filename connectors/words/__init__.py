"""What connectors say, in the language of the report.

`sentences` says in Japanese what the other rooms say in English: the ledger keeps the English, so it is said
anew where it is shown. `of_tables`, `of_files` and `of_pulled` are its catalogues; `inspecting` has the
words of `koe files inspect`.
"""
