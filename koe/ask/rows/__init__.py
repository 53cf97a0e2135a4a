"""What a question is asked of: `select` the findings, `units` the passages, that its filters let through."""
