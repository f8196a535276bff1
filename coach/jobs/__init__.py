"""Recordings and transcripts become visits in the background: stored first, worked on step by step, resumed after a crash.

SQL holds what people see and what finished steps gave. dbos (its own SQLite file) only sees to it that the work goes
on: its file may be lost at any time, the worker fills the queue again from SQL.
"""
