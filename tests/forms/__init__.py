"""Whole forms made up in the layouts of eight provinces, with known truth, and one fault at a time.

``facts`` draws what a project is about, ``plan`` derives every figure of its form from it (so that
all of them agree), ``templates`` writes the form as a province lays it out, ``faults`` breaks one
thing and names the rule that must say so. Nothing here calls calcverify except ``score``.
"""
