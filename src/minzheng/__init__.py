"""Civil-affairs domain models: see the README."""
