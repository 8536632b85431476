"""What an office can set: rules, their weight, rounding, strictness, where its standards are."""
