"""What is kept, for how long, and how it goes: backup and restore, retention, erasure. Above every store it touches."""
