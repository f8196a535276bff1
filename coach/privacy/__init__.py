"""What may not leave a visit: who it was, where to reach them, their numbers. Found in text, and replaced."""
