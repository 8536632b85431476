"""Numbers without text: intervals, rounding modes, unit algebra."""
