"""Reading: which words of which turn mean what. Two engines, one contract; code elsewhere decides everything else."""
