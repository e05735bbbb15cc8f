"""Verify the bundle of a draw: this file alone, with the standard library of Python.

    python verify.py bundle.json [COMMITMENT]

It draws again from the published frame, plan and seed, and prints every difference. COMMITMENT
is the one published before the seed existed; without it, only the bundle itself is examined.
The rules are written here a second time, on purpose: it shares no code with what it checks.
"""  # fmt: skip

from __future__ import annotations

import calendar
import hmac
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

UNIT = 1 << 256
COLUMNS = ["code", "name", "tags", "area", "risk", "size", "inspected", "inspections"]
KINDS = {"51": "association", "52": "private_unit", "53": "foundation", "59": "other"}
CHAINS = {"default": (1595431050, 30), "quicknet": (1692803367, 3)}  # genesis, period
POWERS = {"dhondt": 1, "webster": 1, "huntington_hill": 2, "adams": 1}


def canonical(plain: object) -> str:
    """Keys sorted, one value a line: equal contents are equal bytes."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1)


def problems(data: bytes, commitment: str | None = None) -> list[str]:
    """Everything that is wrong with a bundle; nothing, when it verifies."""
    try:
        bundle = json.loads(data.decode())
        return list(_problems(data, bundle, commitment))
    except Exception as error:  # whatever a changed byte breaks is a reason too
        return [f"this is not a bundle that can be read: {type(error).__name__}: {error}"]


def _problems(data: bytes, bundle: dict[str, Any], commitment: str | None) -> Iterator[str]:
    seal, frame, seed = bundle["seal"], bundle["frame"], bundle["draw"]["seed"]
    plan = seal["plan"]
    if data != (canonical(bundle) + "\n").encode():
        yield "the file is not in canonical form: something was changed between the values"
    yield from _same("bundle.sha256", bundle["sha256"], _digest(bundle, "sha256"))
    if set(bundle) != {"format", "frame", "seal", "outcomes", "draw", "inspectors", "assignment", "log", "sha256"} or bundle["format"] != "minzheng-bundle/1":
        yield "bundle: this is not the format minzheng-bundle/1"
    yield from _same("the published commitment", commitment or seal["commitment"], seal["commitment"])
    yield from _same("seal.commitment", seal["commitment"], _digest(seal, "commitment"))
    yield from _same("seal.plan_sha256", seal["plan_sha256"], _digest(plan))
    lines = "".join(f"{line}\n" for line in frame)
    yield from _same("seal.frame_sha256", seal["frame_sha256"], sha256(lines.encode()).hexdigest())
    rows = [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in frame]
    codes = [row["code"] for row in rows]
    yield from _same("seal.organizations", seal["organizations"], len(codes))
    if codes != sorted(set(codes)):
        yield "frame: the codes are not ascending, or one stands twice"
    out = {each["code"]: each["reason"] for each in plan.get("excluded", [])}
    for row in rows:
        if plan.get("cap") and int(row["inspections"]) >= plan["cap"]:
            out.setdefault(row["code"], "inspected as often as the plan allows this year")
    for row in rows:
        day, gap = row["inspected"], plan.get("gap_months")
        if gap and day != "never" and _later(day, gap) > plan["on"]:
            out.setdefault(row["code"], "inspected too recently")
    yield from _same("seal.excluded", seal["excluded"], [list(each) for each in sorted(out.items())])
    yield from _same("draw.seed", seed, _seed(plan["seeds"], bundle["outcomes"]))
    for place, outcome in enumerate(bundle["outcomes"]):
        if outcome["at"] <= seal["sealed_at"]:
            yield f"outcomes[{place}]: existed before the seal of {seal['sealed_at']}"
    key, shift = _key(seed, seal, "organizations"), 0
    if rotation := plan.get("rotation"):
        key = bytes.fromhex(bundle["draw"]["rotation_key"])
        shift = int(UNIT * Fraction(rotation["shift"]))
        yield from _same("draw.rotation_key", rotation["commitment"], sha256(key).hexdigest())
    certain = {each["code"] for each in plan.get("certain", [])}
    ranked = {}
    strata, chosen = iter(seal["strata"]), iter(bundle["draw"]["selections"])
    for group in plan["groups"]:
        for word, members, quota in _strata(group, rows, out, certain):
            can = [row for row in members if row["code"] not in out]
            path = f"{group['name']}/{word}"
            facts = {"group": group["name"], "stratum": word, "population": len(members), "eligible": len(can), "quota": quota}
            yield from _same(f"seal.strata {path}", next(strata, None), facts)
            order = _rank(group, word, can, quota, certain, key, shift)
            ranked[path] = [code for code, _ticket in order]
            reserves = order[quota : quota + group.get("reserves", 0)]
            facts = {"group": group["name"], "stratum": word, "picks": order[:quota], "reserves": reserves}
            yield from _same(f"draw.selections {path}", next(chosen, None), facts)
    if next(strata, None) or next(chosen, None):
        yield "draw.selections: there is a stratum more than the plan makes"
    drawn = {code for each in bundle["draw"]["selections"] for code, _ticket in each["picks"]}
    yield from _log(bundle["log"], seal["commitment"], drawn, ranked)
    if seal["inspectors_sha256"] or bundle["inspectors"]:
        yield from _same("seal.inspectors_sha256", seal["inspectors_sha256"], _digest(bundle["inspectors"]))
    if bundle["assignment"]:
        yield from _assignment(bundle, [row for row in rows if row["code"] in drawn])


def _same(what: str, said: object, found: object) -> Iterator[str]:
    if said != found:
        yield f"{what}: the bundle says {str(said)[:120]!r}, but it comes to {str(found)[:120]!r}"


def _digest(plain: Any, without: str = "") -> str:
    plain = {key: value for key, value in plain.items() if key != without} if without else plain
    return sha256(canonical(plain).encode()).hexdigest()


def _key(seed: str, seal: dict[str, Any], purpose: str) -> bytes:
    return hmac.digest(seed.encode(), f"{seal['plan_sha256']}/{purpose}".encode(), "sha256")


def _later(day: str, months: int) -> str:
    """The corresponding day some months later, or the month's last."""
    when = date.fromisoformat(day)
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    return date(year, month + 1, min(when.day, calendar.monthrange(year, month + 1)[1])).isoformat()


def _seed(sources: list[dict[str, Any]], outcomes: list[dict[str, Any]]) -> str:
    text = ""
    for source, outcome in zip(sources, outcomes, strict=True):
        numbers = outcome.get("numbers", [])
        if source["kind"] == "drand":
            genesis, period = CHAINS[source["chain"]]
            published = datetime.fromtimestamp(genesis + (source["round"] - 1) * period, UTC)
            shown = sha256(bytes.fromhex(outcome["signature"])).hexdigest()
            if outcome["at"] != f"{published:%Y-%m-%dT%H:%M:%SZ}" or outcome["randomness"] != shown:
                shown = f"no such record of drand: {source['name']}"
        else:
            dice = source["kind"] == "dice"
            pools = [[source["faces"], source["rolls"]]] if dice else source["pools"]
            fits = all(len(got) == n and all(1 <= each <= top for each in got) and (dice or len(set(got)) == n) for got, (top, n) in zip(numbers, pools, strict=True))
            shown = "".join(".".join(map(str, got if dice else sorted(got))) + "./" for got in numbers) if fits else "numbers that cannot be"
        text += f"{source['name']}={shown}\n"
    return text


def _strata(group: dict[str, Any], rows: list[dict[str, str]], out: dict[str, str], certain: set[str]) -> Iterator[tuple[str, list[dict[str, str]], int]]:
    """The word, the members and the quota of each stratum of a group."""
    parts: dict[str, list[dict[str, str]]] = {} if group.get("by") else {"": []}
    for row in rows:
        row["kind"] = KINDS.get(row["code"][:2], "unlisted")
        inside = all(row[name] in group.get(f"{name}s", [row[name]]) for name in ("kind", "risk"))
        inside &= row["area"].startswith(tuple(group.get("areas", [""])))
        if inside and ("tags" not in group or set(group["tags"]) & set(row["tags"].split(";"))):
            parts.setdefault(row[group["by"]] if group.get("by") else "", []).append(row)
    can = {word: sum(row["code"] not in out for row in part) for word, part in parts.items()}
    words = sorted(parts)
    if "apportion" in group:
        total = min(_wanted(group, sum(map(len, parts.values()))), sum(can.values()))
        quotas = _apportion([can[word] for word in words], total, group)
    else:
        quotas = [min(_wanted(group, len(parts[word])), can[word]) for word in words]
    for word, quota in zip(words, quotas, strict=True):
        yield word, parts[word], max(quota, sum(row["code"] in certain for row in parts[word]))


def _wanted(group: dict[str, Any], population: int) -> int:
    if population < group.get("all_if_fewer_than", 0):
        return population
    ratio = Fraction(group.get("ratio", "0"))
    return min(group["count"], population) if "count" in group else -(-population * ratio.numerator // ratio.denominator)


def _apportion(sizes: list[int], n: int, group: dict[str, Any]) -> list[int]:
    method, given = group["apportion"], [min(group.get("minimum", 0), size) for size in sizes]
    while sum(given) < n:
        open_ = [place for place, size in enumerate(sizes) if given[place] < size]

        def claim(place: int) -> tuple[bool, Fraction, int, int]:
            a, power = given[place], POWERS[method]
            by = {"dhondt": a + 1, "webster": Fraction(2 * a + 1, 2), "huntington_hill": a * (a + 1), "adams": a}[method]
            return by == 0, Fraction(sizes[place] ** power) / (by or 1), sizes[place], -place

        given[max(open_, key=claim)] += 1
    return given


def _rank(group: dict[str, Any], word: str, can: list[dict[str, str]], quota: int, certain: set[str], key: bytes, shift: int) -> list[list[str]]:
    """Codes and tickets of a stratum: those drawn first, then the reserve."""
    tickets = {row["code"]: sha256(key + row["code"].encode()).digest() for row in can}
    turned = {code: (int.from_bytes(made, "big") - shift) % UNIT for code, made in tickets.items()}
    sure = [row["code"] for row in can if row["code"] in certain]
    rest = [row["code"] for row in can if row["code"] not in certain]
    method, n = group.get("method", "tickets"), quota - len(sure)
    by_size = method in ("sequential_poisson", "systematic_by_size")
    sizes = {row["code"]: int(row["size"]) if by_size else 1 for row in can}
    big: set[str] = set()
    while more := {c for c in rest if c not in big and (n - len(big)) * sizes[c] >= sum(sizes[d] for d in rest if d not in big)} if method != "tickets" and n > len(big) else set():
        big |= more
    if method == "sequential_poisson":
        order = sorted(rest, key=lambda code: (code not in big, Fraction(turned[code], sizes[code]), code))
    else:
        hits: list[str] = []
        if method.startswith("systematic"):
            start = Fraction(int.from_bytes(sha256(key + f"start/{group['name']}/{word}".encode()).digest(), "big") + 1, UNIT)
            small, passed, left = [code for code in rest if code not in big], 0, n - len(big)
            total = sum(sizes[code] for code in small)
            for code in small:
                passed += sizes[code]
                if len(hits) < left and (start + len(hits)) * total <= left * passed:
                    hits.append(code)
            hits = [code for code in rest if code in big] + hits
        order = hits + sorted(set(rest) - set(hits), key=lambda code: (turned[code], code))
    return [[code, tickets[code].hex()] for code in sure + order]


def _log(log: list[dict[str, Any]], previous: str, drawn: set[str], ranked: dict[str, list[str]]) -> Iterator[str]:
    """Substitutions and top-ups: each takes the next of its stratum; changes ``drawn``."""
    gone: set[str] = set()
    for place, entry in enumerate(log):
        yield from _same(f"log[{place}].previous", entry["previous"], previous)
        yield from _same(f"log[{place}].hash", entry["hash"], _digest(entry, "hash"))
        previous = entry["hash"]
        if entry["out"]:
            yield from _same(f"log[{place}].out", entry["out"] in drawn, True)
            drawn.discard(entry["out"])
            gone.add(entry["out"])
        order = ranked[f"{entry['group']}/{entry['stratum']}"]
        follows = next((code for code in order if code not in drawn | gone), None)
        yield from _same(f"log[{place}].in", entry["in"], follows)
        drawn.add(entry["in"])
