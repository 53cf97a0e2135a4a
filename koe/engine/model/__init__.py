"""The engine that asks a language model, with fixed prompts and answers that are checked."""
