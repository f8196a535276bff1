"""What goes into the battle bank from other people's files, and what comes out of it as files."""
