"""Rows of CSV files and workbooks as objects in koe's own file format.

`csv_rows.read_csv` is the door where there is a map of the columns; `layouts` tries how a file may be read
as a table (over `workbooks` for Excel), `cells` is a cell as it is meant, `row_groups` rows that are one
record. Where there is no map, `columns.guess` makes one: by `column_words`, judged by `column_checks`
(`column_dates`, `column_damage`); `sheets` are those that are read beside it.
"""
