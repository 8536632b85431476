"""The page: drop a form on it, see what does not add up, correct it and see it turn.

It keeps nothing. A file is read in memory and forgotten with the answer; what the page needs to
check a project again travels in the page itself. :mod:`calcverify.web.app` puts the parts
together, :mod:`calcverify.web.jobs` is what is done with a file, in a process of its own.
"""
