"""Editions: the same week, chosen and worded for the people of one department."""

from koe.editions.shape import EDITIONS, Attachment, Edition, EditionName, Entry, Letter, Part, Voice

__all__ = ["EDITIONS", "Attachment", "Edition", "EditionName", "Entry", "Letter", "Part", "Voice"]
