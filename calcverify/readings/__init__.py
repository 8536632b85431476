"""What was read, as lines of arithmetic that a person can read, correct and hand back."""
