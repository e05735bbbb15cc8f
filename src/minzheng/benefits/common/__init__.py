"""What several benefits share: income, membership of a household, property, payment."""
