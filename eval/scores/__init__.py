"""One file per family of scores; each turns what koe made of a set into rows and misses."""
