"""A writer to be killed, or one of two: puts records and says each one that is kept.

``python writer.py URL NAME COUNT``
"""

import os
import sys
from datetime import date

from minzheng.storage import open_store


def main(url: str, name: str, count: int) -> None:
    with open_store(url) as store:
        begun = len(store.history("note", name))
        for number in range(begun, begun + count):
            put = store.put("note", name, {"n": number}, valid_from=date(2020, 7, 24))
            os.write(1, f"{put.version} {put.hash}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
