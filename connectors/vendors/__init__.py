"""A file for each vendor that is asked over HTTP, named as its `type` in koe.toml.

`<type>_records` makes records of what a large one answers. `waiting` is for calls whose transcript is not
there yet, `crm_ids` for ids of Salesforce, which Gong has too.
"""
