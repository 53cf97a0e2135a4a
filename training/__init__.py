"""Training of what ships with koe; nothing here runs when koe runs."""
