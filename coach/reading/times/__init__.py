"""Times as people say them: where in the words they stand, and what day they mean once the visit's day is known."""
