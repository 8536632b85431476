"""Charts of a report for a notebook, drawn with matplotlib (``pip install 'calcverify[notebook]'``).

    from calcverify.notebook import coverage_chart, difference_chart, status_chart

    report = calcverify.check_file("forms/")
    status_chart(report, by="department")

Each draws on the axes that it is given, or on new ones, and returns them. ``unknown_of``
makes an equation of a claim, for sympy to solve; ``chinese_font`` names a font for plots
of your own.
"""

from __future__ import annotations

from calcverify.notebook.charts import coverage_chart, difference_chart, status_chart
from calcverify.notebook.equation import unknown_of
from calcverify.notebook.fonts import chinese_font

__all__ = ["chinese_font", "coverage_chart", "difference_chart", "status_chart", "unknown_of"]
