"""The labelled sets: written by hand, one batch a writer, one writer a split group."""
