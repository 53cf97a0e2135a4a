"""Where editions go: `channel` is what a channel is and opens the configured ones, a file for each kind."""
