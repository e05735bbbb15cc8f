"""``python -m minzheng``: see :mod:`minzheng.cli`."""

import sys

from minzheng.cli import main

if __name__ == "__main__":
    sys.exit(main())
