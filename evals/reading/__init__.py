"""Evals of reading: what the coach makes of visits and of replies, against people's marks, with whole writers held out."""
