"""Texts that give orders to a model, and what must not come of them."""
