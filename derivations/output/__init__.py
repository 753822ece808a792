"""What leaves the house: the sheet as LaTeX and PDF, its figures, and what commands say on a terminal."""
