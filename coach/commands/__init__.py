"""Commands: parse the call, ask the coach, print. One file a command; each offers `register(app)`.

Data goes to stdout, progress and notes to stderr; `--json` prints one compact object a line.
"""
