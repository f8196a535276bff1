"""Visits: from what was said to the five-action record (黄金五动作), its next steps and its drill."""
