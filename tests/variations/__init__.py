"""Basis texts made up in many hands, with known truth, and one fault at a time.

``styles`` writes consistent texts, ``faults`` breaks each at one place and says what
it must become, ``numbers`` writes numbers in every written form. The truth is computed
from the generated operands with fractions; nothing here calls calcverify except
``score`` (and ``numbers.score``), which compare the two.
"""
