"""Words as data: units, numerals, operators, cue words, field names."""
