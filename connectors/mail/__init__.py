"""Mails as tickets.

`threads.read_mail` is the door: each thread is one conversation. `letters` reads .eml and mbox files,
`forms` the mails that our own machines send for a customer.
"""
