"""The order of the work, as Prefect flows: tables of contents over `koe`."""
