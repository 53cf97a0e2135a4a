"""What stands around a language model: its prompts, what it costs, and reading by file or by batch."""
