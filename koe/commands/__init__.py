"""The commands of `koe`, by what people come for: work that is done, things that are read, themes."""
