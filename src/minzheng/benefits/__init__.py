"""The benefits: one room each, all furnished alike (facts, rule, terms, assess)."""
