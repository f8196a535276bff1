"""Practice scenarios: what a customer wants, fears and hides, and what a rep has to do about it.

Content lies in `zh/`, `en/`, `personas/`, `rubrics/` and `defaults/`; the Python files beside it are its
schema, its loader and its linter. They know the ground floor only.
"""
