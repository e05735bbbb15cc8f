"""Settings that all tests share."""

from hypothesis import HealthCheck, settings

# The first example of a property may load bundled data; machines of CI are shared.
settings.register_profile(
    "minzheng", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=100
)
settings.load_profile("minzheng")
