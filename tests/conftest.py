"""Settings that all tests share."""

import os

from hypothesis import HealthCheck, settings

# The first example of a property may load bundled data; machines of CI are shared.
settings.register_profile(
    "minzheng", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=100
)
# on the Pythons beside the oldest, where the same properties run in full
settings.register_profile("short", settings.get_profile("minzheng"), max_examples=10)
settings.load_profile(os.environ.get("MINZHENG_EXAMPLES", "minzheng"))
