"""Speech: a recording or a transcript file becomes a conversation. `door.open_conversation` is the way in."""
