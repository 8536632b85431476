"""Tests of calcverify: cases as data, goldens and properties."""
