"""A text becomes forms: which cell is the total, the basis, the detail rows."""
