"""A file becomes texts with their places; one module per format."""
