"""pandas, int64: a frame of persons grouped by household, and a frame of households."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from measure import PERSON, peer

Frames = tuple[pd.DataFrame, pd.DataFrame, "pd.Series[int]"]


def load(data: dict[str, Any]) -> Frames:
    """Persons with the number of their household, households, and the standard by place."""
    households = pd.DataFrame({name: data[name] for name in ("deposits", "cars")})
    for name in ("area", "residence"):
        households[name] = pd.Categorical.from_codes(data[name], range(data[name].max() + 1))
    persons = pd.DataFrame({name: data[name] for name in PERSON})
    persons["household"] = np.repeat(np.arange(len(households)), np.diff(data["offsets"]))
    return persons, households, pd.Series(data["standard_months"])


def run(frames: Frames) -> pd.DataFrame:
    """Frames to a frame."""
    persons, h, standard_months = frames
    place = 2 * h["area"].cat.codes + h["residence"].cat.codes
    month = pd.Series(standard_months.to_numpy()[place])
    severe = persons["disability_grade"].between(1, 2)
    most = severe | (persons["age"] >= 70)
    each = pd.DataFrame(
        {
            "size": 1,
            "income": 4 * persons["wage"]
            + 5 * (persons["pension"] + persons["transfers"] - persons["care"]),
            "tenths": np.where(most, 2, persons["age"] < 14),
        }
    )
    s = each.groupby(persons["household"], sort=False).sum()

    # few are severely disabled: only what they are paid alone is worked out
    of = persons["household"][severe]
    gap = 60 * month.to_numpy()[of] - each["income"][severe].clip(lower=0)
    pay = ((gap + 12 * month.to_numpy()[of] + 3000) // 6000).where(gap > 0, 0)
    alone = pd.DataFrame({"singles": (gap > 0).astype("int64"), "pay": pay})
    alone = alone.groupby(of).sum().reindex(h.index, fill_value=0)

    total = s["income"].clip(lower=0)
    limit = 60 * month * s["size"]
    owns_little = (h["cars"] == 0) & (h["deposits"] <= 24 * month * s["size"])
    whole = owns_little & (total < limit)
    edge = owns_little & ~whole & (alone["singles"] > 0) & (2 * total < 3 * limit)
    pay = (limit - total + 6 * month * s["tenths"] + 3000) // 6000
    return pd.DataFrame(
        {
            "granted": whole | edge,
            "persons": s["size"].where(whole, alone["singles"].where(edge, 0)),
            "pay_month": 100 * pay.where(whole, alone["pay"].where(edge, 0)),
        }
    )


if __name__ == "__main__":
    peer(load, run, lambda frame: [frame[name] for name in frame.columns])
