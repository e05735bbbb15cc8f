"""What several benefits share."""
