"""koe measured: labelled sets, scorers, the gate."""
