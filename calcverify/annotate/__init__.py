"""The officer's own file with a note at every finding: xlsx, docx and pdf, a marked page for the rest.

:mod:`calcverify.annotate.annotating` is the way in. Everything here works on bytes: the
file that was handed in is never opened for writing.
"""
