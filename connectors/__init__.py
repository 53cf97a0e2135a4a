"""Sources that records come from, and channels that facts go to."""
