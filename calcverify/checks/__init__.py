"""One module per rule, each a pure generator of findings."""
