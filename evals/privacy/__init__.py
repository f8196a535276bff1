"""How well private words are found: recall and precision on marked sentences."""
