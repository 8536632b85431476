"""Basis text becomes claims: lexer, figures, written arithmetic, prose arithmetic."""
