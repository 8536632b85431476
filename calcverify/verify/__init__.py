"""Claims become evaluations, verdicts, the project total and coverage."""
