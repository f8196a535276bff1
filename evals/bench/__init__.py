"""Benchmarks: figures as ratios, both sides measured in turn in one run, never asserted by a timed test."""
