"""The sentence pool, its synthesis, the training of the demo Whisper, and what `coach eval speech` measures."""
