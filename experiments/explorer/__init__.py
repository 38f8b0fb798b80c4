"""The explorer file (page à emporter): a grid of futures lived beforehand, in one page that needs nothing else."""
