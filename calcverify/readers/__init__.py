"""A file becomes forms. One file per format; :mod:`calcverify.readers.read` is the way in."""

from calcverify.readers.read import read_path, read_stream

__all__ = ["read_path", "read_stream"]
