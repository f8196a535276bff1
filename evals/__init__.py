"""Evals: sets, metrics, baselines, benchmarks and the training scripts that write artefacts into coach/."""
