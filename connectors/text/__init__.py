"""Text out of what it came in.

`encodings` for files, `word_files` for Word, `html_text` for HTML, `adf` for Atlassian's documents;
`mail_text` is what a person wrote in a mail, without what it quotes and without the signature.
"""
