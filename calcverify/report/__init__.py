"""One report model; the renderers know nothing else."""
