"""Finds what the words of a question are about.

`match.match` is the door. `score` says how well passages fit the words (`concepts`: which words are of one
matter), `meant` what a model for embeddings adds; `evidence` gathers the signs of each passage and `weigh`
weighs them; `groups` goes by whole themes instead; `unsaid` tells which name of the question no customer
says. What was learned and the lists of words lie beside the code.
"""
