"""Transcripts as calls.

`transcripts` is the door for files: `cues` reads WebVTT and SRT, `text` plain text with speakers (`lines`:
one line of it), `miitel` what MiiTel's webhook sent, `file_names` what a file's name says. `body` reads a
transcript that stands in a field of a CRM.
"""
