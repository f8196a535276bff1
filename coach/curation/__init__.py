"""Trainers and reps curate the battle bank: a case is submitted, reviewed, published, revised, retired."""
