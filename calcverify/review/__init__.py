"""Living with findings: reasons why some do not count, a baseline of old ones, what a resubmission changed."""
