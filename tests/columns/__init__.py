"""Tests of the columns: a rule over a table equals the rule over each of its cases."""
