"""Verify the bundle of a draw: this file alone, with the standard library of Python.

    python verify.py bundle.json [COMMITMENT]

It draws again from the published frame, plan and seed, and prints every difference. COMMITMENT is
the one published before the seed existed. The rules stand here a second time, on purpose.
"""
# fmt: off

from __future__ import annotations

import calendar
import hmac
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Any

Rows = list[dict[str, str]]
Plain = dict[str, Any]
Plains = list[Plain]
UNIT = 1 << 256
COLUMNS = ["code", "name", "tags", "area", "risk", "size", "inspected", "inspections"]
KINDS = {"51": "association", "52": "private_unit", "53": "foundation", "59": "other"}
CHAINS = {"default": (1595431050, 30), "quicknet": (1692803367, 3)}  # genesis, period

def canonical(plain: object) -> str:
    """Keys sorted, one value a line: equal contents are equal bytes."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1)

def problems(data: bytes, commitment: str | None = None) -> list[str]:
    """Everything that is wrong with a bundle; nothing, when it verifies."""
    found: list[str] = []
    try:
        found.extend(_problems(data, json.loads(data.decode()), commitment))
    except Exception as error:  # whatever a changed byte breaks is a reason too
        found.append(f"this is not a bundle that can be read on: {type(error).__name__}: {error}")
    return found

def _problems(data: bytes, bundle: Plain, commitment: str | None) -> Iterator[str]:
    seal, frame, seed, plan = bundle["seal"], bundle["frame"], bundle["draw"]["seed"], bundle["seal"]["plan"]
    yield from _same("the form of the file: canonical", data == (canonical(bundle) + "\n").encode(), True)
    yield from _same("bundle.sha256", bundle["sha256"], _digest(bundle, "sha256"))
    yield from _same("bundle.format", bundle["format"] + seal["format"], "minzheng-bundle/1minzheng-seal/1")
    yield from _same("the published commitment", commitment or seal["commitment"], seal["commitment"])
    yield from _same("seal.commitment", seal["commitment"], _digest(seal, "commitment"))
    yield from _same("seal.plan_sha256", seal["plan_sha256"], _digest(plan))
    yield from _same("seal.frame_sha256", seal["frame_sha256"], sha256("\n".join([*frame, ""]).encode()).hexdigest())
    rows = [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in frame]
    yield from _same("seal.organizations, frame ascending", [seal["organizations"], True], [len({row["code"] for row in rows}), frame == sorted(frame)])
    out = {each["code"]: each["reason"] for each in plan.get("excluded", [])}
    for row in rows:
        day, gap = row["inspected"], plan.get("gap_months")
        if plan.get("cap") and int(row["inspections"]) >= plan["cap"]:
            out.setdefault(row["code"], "inspected as often as the plan allows this year")
        if gap and day != "never" and _later(day, gap) > plan["on"]:
            out.setdefault(row["code"], "inspected too recently")
    yield from _same("seal.excluded", seal["excluded"], [list(each) for each in sorted(out.items())])
    yield from _same("draw.seed", seed, _seed(plan["seeds"], bundle["outcomes"]))
    yield from _same("outcomes after the seal", all(each["at"] > seal["sealed_at"] for each in bundle["outcomes"]), True)
    purpose, shift = f"{seal['plan_sha256']}/organizations", 0
    key = hmac.digest(seed.encode(), purpose.encode(), "sha256")
    if rotation := plan.get("rotation"):
        key, shift = bytes.fromhex(bundle["draw"]["rotation_key"]), int(UNIT * Fraction(rotation["shift"]))
        yield from _same("draw.rotation_key", rotation["commitment"], sha256(key).hexdigest())
    certain = {each["code"] for each in plan.get("certain", [])}
    strata = [each for group in plan["groups"] for each in _strata(group, rows, out, certain)]
    ranked, chosen = {}, bundle["draw"]["selections"]
    yield from _same("draw.selections: how many", [len(seal["strata"]), len(chosen)], [len(strata)] * 2)
    for (group, can, facts), sealed, shown in zip(strata, seal["strata"], chosen, strict=False):
        path, quota = f"{group['name']}/{facts['stratum']}", facts["quota"]
        yield from _same(f"seal.strata, {path}", sealed, facts)
        order = _rank(group, facts["stratum"], can, quota, certain, key, shift)
        ranked[path] = [code for code, _ticket in order]
        lists = {"picks": order[:quota], "reserves": order[quota:][: group.get("reserves", 0)]}
        for name, value in {"group": group["name"], "stratum": facts["stratum"], **lists}.items():
            yield from _same(f"draw.selections, {path}, {name}", shown[name], value)
    drawn = {code for each in bundle["draw"]["selections"] for code, _ticket in each["picks"]}
    yield from _log(bundle["log"], seal["commitment"], drawn, ranked)
    if bundle["assignment"]:
        yield from _same("seal.inspectors_sha256", seal["inspectors_sha256"], _digest(bundle["inspectors"]))
        teams, known = {code: {*team} for code, team in bundle["assignment"]["teams"].items()}, {each["id"] for each in bundle["inspectors"]}
        for entry in bundle["log"][max((n for n, each in enumerate(bundle["log"], 1) if "site" not in each), default=0):]:
            teams[entry["site"]] = teams[entry["site"]] - {entry["out"]} | {entry["in"]}
        yield from _same("assignment.teams: inspectors of each", {code: len(team & known) for code, team in teams.items()}, dict.fromkeys(sorted(drawn), plan["team"]["per_site"]))

def _same(what: str, said: object, found: object) -> Iterator[str]:
    if said != found:
        yield f"{what}: the bundle says {str(said)[:120]!r}, but it comes to {str(found)[:120]!r}"

def _digest(plain: Any, without: str = "") -> str:
    return sha256(canonical({key: plain[key] for key in plain if key != without} if without else plain).encode()).hexdigest()

def _later(day: str, months: int) -> str:
    """The corresponding day some months later, or the month's last."""
    when = date.fromisoformat(day)
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    return date(year, month + 1, min(when.day, calendar.monthrange(year, month + 1)[1])).isoformat()

def _seed(sources: Plains, outcomes: Plains) -> str:
    text = ""
    for source, outcome in zip(sources, outcomes, strict=True):
        dice, numbers = source["kind"] == "dice", outcome.get("numbers", [])
        if source["kind"] == "drand":
            genesis, period = CHAINS[source["chain"]]
            published = datetime.fromtimestamp(genesis + (source["round"] - 1) * period, UTC)
            shown = sha256(bytes.fromhex(outcome["signature"])).hexdigest()
            fits = outcome["at"] == f"{published:%Y-%m-%dT%H:%M:%SZ}" and outcome["randomness"] == shown
        else:
            pools = [[source["faces"], source["rolls"]]] if dice else source["pools"]
            fits = all(len(got) == n and {*got} <= {*range(1, top + 1)} and (dice or len({*got}) == n)
                       for got, (top, n) in zip(numbers, pools, strict=True))
            shown = "".join(".".join(map(str, got if dice else sorted(got))) + "./" for got in numbers)
        text += f"{source['name']}={shown if fits else 'an outcome that cannot be'}\n"
    return text

def _strata(group: Plain, rows: Rows, out: dict[str, str], certain: set[str]) -> Iterator[tuple[Plain, Rows, Plain]]:
    """The group, those that can be drawn, and the numbers of each of its strata."""
    parts: dict[str, Rows] = {} if group.get("by") else {"": []}
    for row in rows:
        row["kind"] = KINDS.get(row["code"][:2], "unlisted")
        inside = all(row[name] in group.get(f"{name}s", [row[name]]) for name in ("kind", "risk"))
        inside &= row["area"].startswith(tuple(group.get("areas", [""])))
        if inside and ("tags" not in group or set(group["tags"]) & set(row["tags"].split(";"))):
            parts.setdefault(row[group["by"]] if group.get("by") else "", []).append(row)
    def wanted(population: int, can: int) -> int:
        asked = group["count"] if "count" in group else ceil(Fraction(group["ratio"]) * population)
        return min(population if population < group.get("all_if_fewer_than", 0) else asked, can)
    words = sorted(parts)
    can = [[row for row in parts[word] if row["code"] not in out] for word in words]
    sizes = [len(each) for each in can]
    quotas = [wanted(len(parts[word]), n) for word, n in zip(words, sizes, strict=True)]
    if "apportion" in group:
        quotas = _apportion(sizes, wanted(sum(len(part) for part in parts.values()), sum(sizes)), group)
    for word, some, quota in zip(words, can, quotas, strict=True):
        sure = sum(row["code"] in certain for row in some)
        yield group, some, {"group": group["name"], "stratum": word, "population": len(parts[word]),
                            "eligible": len(some), "quota": max(quota, sure)}

def _apportion(sizes: list[int], n: int, group: Plain) -> list[int]:
    method, given = group["apportion"], [min(group.get("minimum", 0), size) for size in sizes]
    def claim(place: int) -> tuple[bool, Fraction, int, int]:
        a, size, power = given[place], sizes[place], 2 if method == "huntington_hill" else 1
        by = {"dhondt": a + 1, "webster": Fraction(2 * a + 1, 2), "huntington_hill": a * (a + 1), "adams": a}[method]
        return by == 0, Fraction(size**power) / (by or 1), size, -place
    for _unit in range(n - sum(given)):
        given[max((place for place, size in enumerate(sizes) if given[place] < size), key=claim)] += 1
    return given

def _rank(group: Plain, word: str, can: Rows, quota: int, certain: set[str], key: bytes, shift: int) -> list[list[str]]:
    """Codes and tickets of a stratum: those drawn first, then the reserve."""
    tickets = {row["code"]: sha256(key + row["code"].encode()).digest() for row in can}
    turned = {code: (int.from_bytes(made, "big") - shift) % UNIT for code, made in tickets.items()}
    method, by_size = group.get("method", "tickets"), group.get("method", "").endswith(("poisson", "size"))
    sizes = {row["code"]: int(row["size"]) if by_size else 1 for row in can}
    sure = [code for code in tickets if code in certain]
    small, big, n, more = [code for code in tickets if code not in certain], set[str](), quota - len(sure), {""}
    while more and method != "tickets" and n > len(big):  # so large that they are drawn for certain
        total = sum(sizes[code] for code in small)
        more = {code for code in small if (n - len(big)) * sizes[code] >= total}
        big, small = big | more, [code for code in small if code not in more]
    first, total = sorted(big), sum(sizes[code] for code in small)
    if method.startswith("systematic"):
        mark = sha256(key + f"start/{group['name']}/{word}".encode()).hexdigest()
        passed, left, hits = 0, n - len(big), Fraction(int(mark, 16) + 1, UNIT)
        for code in small:
            passed += sizes[code]
            if hits * total <= left * passed:
                first.append(code)
                hits += 1
    by = {code: Fraction(turned[code], sizes[code] if method == "sequential_poisson" else 1) for code in tickets}
    if method == "sequential_poisson":
        first.sort(key=lambda code: (by[code], code))
    order = sorted(tickets.keys() - {*sure, *first}, key=lambda code: (by[code], code))
    return [[code, tickets[code].hex()] for code in sure + first + order]

def _log(log: Plains, previous: str, drawn: set[str], ranked: dict[str, list[str]]) -> Iterator[str]:
    """Substitutions and top-ups: each takes the next of its stratum, if any; changes ``drawn``."""
    gone: set[str] = set()
    for place, entry in enumerate(log):
        yield from _same(f"log[{place}].previous", entry["previous"], previous)
        yield from _same(f"log[{place}].hash", entry["hash"], _digest(entry, "hash"))
        previous = entry["hash"]
        if "site" not in entry:  # who stands in for an inspector is for the library to draw again
            yield from _same(f"log[{place}].out: is drawn", entry["out"] in {*drawn, ""}, True)
            gone |= {entry["out"]}
            left = (code for code in ranked[f"{entry['group']}/{entry['stratum']}"] if code not in drawn and code not in gone)
            yield from _same(f"log[{place}].in", entry["in"], next(left, None))
            drawn ^= {entry["out"], entry["in"]} - {None, ""}

if __name__ == "__main__":
    found = problems(Path(sys.argv[1]).read_bytes(), *sys.argv[2:3])
    print("\n".join(found) or "verified: frame, plan, seed and draw fit together")
    sys.exit(bool(found))
