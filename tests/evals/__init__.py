"""The evals measure what they say: their own arithmetic is tested here, on small things."""
