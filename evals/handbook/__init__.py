"""How well the handbooks answer questions."""
