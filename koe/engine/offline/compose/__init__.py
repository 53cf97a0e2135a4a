"""Tells the week: `week.compose` is the door, `phrases` the catalogue of its sentences in both languages."""
