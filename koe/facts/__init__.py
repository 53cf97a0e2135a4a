"""Facts: what was counted, with the records behind each number."""
