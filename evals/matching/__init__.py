"""Matching: how well a rep's words find the right cases, and the training of the embedder that helps to."""
