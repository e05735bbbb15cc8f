"""Verify the bundle of a draw: this file alone, with the standard library of Python 3.9 or later.

    python verify.py bundle.json [COMMITMENT]

It makes the bundle again: from its frame, its plan, the moment of the seal, the outcomes, the
inspectors and what the entries of the log state. Then it compares the two, and prints every
difference. COMMITMENT is the one published before the seed existed. The rules stand here a second
time, on purpose: nothing of the library that drew is used.

Exit code: 0 verified, 1 not verified, 2 the words on the command line are wrong.
"""
# fmt: off

from __future__ import annotations

import calendar
import hmac
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from datetime import date, datetime, timezone
from fractions import Fraction
from hashlib import sha256
from math import ceil, comb, prod
from pathlib import Path
from typing import Any, Callable, Iterator, NoReturn

Plain = dict[str, Any]  # an object of JSON
Check = Callable[[Any, str], Any]  # gives back the value, with what is left out filled in
UNIT, LARGEST, MOST = 1 << 256, 2**53 - 1, 10_000
COLUMNS = ["code", "name", "tags", "area", "risk", "size", "inspected", "inspections"]
KINDS = {"51": "association", "52": "private_unit", "53": "foundation", "59": "other"}
CHAINS = {"default": (1595431050, 30, 96), "quicknet": (1692803367, 3, 48)}  # genesis, period, bytes of a signature
DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of a credit code, GB 32100
REGISTRIES = {"1": "1239", "2": "19", "3": "123459", "4": "19", "5": "1239", "6": "129", "7": "129", "8": "19", "9": "123", "A": "19", "N": "1239", "Y": "1"}  # who registers, as what
HIDDEN = re.compile("[\x00-\x1f\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000f0000-\U0010ffff]")
REQUIRED: Any = object()


class Wrong(Exception):
    """Why a bundle does not verify."""


def need(fits: object, problem: str) -> None:
    if not fits:
        raise Wrong(problem)

# --- canonical JSON (RFC 8785)

def canonical(plain: Any) -> str:
    def ordered(value: Any) -> Any:
        if type(value) is dict:
            return {key: ordered(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
        if type(value) is list:
            return [ordered(each) for each in value]
        need(value is None or type(value) in (str, bool) or (type(value) is int and abs(value) <= LARGEST),
             f"expected text or a whole number up to 2**53 - 1, got {type(value).__name__}")
        return value
    return json.dumps(ordered(plain), ensure_ascii=False, separators=(",", ":"))

def digest(plain: Any, without: str = "") -> str:
    part = {key: value for key, value in plain.items() if key != without} if without else plain
    return sha256(canonical(part).encode()).hexdigest()

def read(data: bytes) -> Any:
    def no_number(digits: str) -> NoReturn:
        raise Wrong(f"expected a whole number up to 2**53 - 1, got {digits[:20]}")
    def whole_number(digits: str) -> int:
        return int(digits) if len(digits) < 18 else no_number(digits)
    plain = json.loads(data.decode(), parse_int=whole_number, parse_float=no_number, parse_constant=no_number)
    need(type(plain) is dict and plain.get("format") == "minzheng-bundle/2", "bundle.format: expected an object of the format 'minzheng-bundle/2'"
         + (f", got {str(plain.get('format'))[:60]!r}" if type(plain) is dict else ""))
    need((canonical(plain) + "\n").encode() == data, "the file is not canonical JSON (RFC 8785) of one object, closed by a line feed")
    return plain

def unlike(said: Any, made: Any, path: str) -> Iterator[str]:
    """Where two pieces of data differ, in type or in value."""
    if type(said) is dict and type(made) is dict:
        for key in sorted({*said, *made}):
            if key in said and key in made:
                yield from unlike(said[key], made[key], f"{path}.{key}")
            else:
                yield f"{path}.{key[:40]}: {'is missing' if key in made else 'unknown, nothing of that name belongs here'}"
    elif type(said) is list and type(made) is list:
        if len(said) != len(made):
            yield f"{path}: the bundle has {len(said)} of them, but it comes to {len(made)}"
        for place, (one, other) in enumerate(zip(said, made)):
            yield from unlike(one, other, f"{path}[{place}]")
    elif type(said) is not type(made) or said != made:
        yield f"{path}: the bundle says {str(said)[:120]!r}, but it comes to {str(made)[:120]!r}"

# --- what may stand where

def line(value: Any, path: str) -> str:
    """One line of text that shows what it contains."""
    need(type(value) is str, f"{path}: expected text")
    need(not HIDDEN.search(value) and value == value.strip(" ") == unicodedata.normalize("NFC", value),
         f"{path}: expected one line without invisible characters, got {value[:40]!a}")
    return str(value)

def word(value: Any, path: str) -> str:
    need(line(value, path), f"{path}: is empty")
    return str(value)

def matching(pattern: str) -> Check:
    def check(value: Any, path: str) -> Any:
        need(type(value) is str and re.fullmatch(pattern, value), f"{path}: expected {pattern}, got {str(value)[:40]!r}")
        return value
    return check

def whole(least: int, most: int = LARGEST) -> Check:
    def check(value: Any, path: str) -> Any:
        need(type(value) is int and least <= value <= most, f"{path}: expected a whole number from {least} to {most}, got {str(value)[:40]!r}")
        return value
    return check

def one_of(*words: Any) -> Check:
    def check(value: Any, path: str) -> Any:
        need(any(value is each or (type(value) is str and value == each) for each in words), f"{path}: expected one of {words}, got {str(value)[:40]!r}")
        return value
    return check

def day(value: Any, path: str) -> str:
    matching("[0-9]{4}-[0-9]{2}-[0-9]{2}")(value, path)
    parsed(date.fromisoformat, value, path)
    return str(value)

def instant(value: Any, path: str) -> str:
    """A moment in UTC: of two, the later one is the greater text."""
    matching("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")(value, path)
    parsed(lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ"), value, path)
    need(value[17:19] < "60", f"{path}: expected seconds below 60")
    return str(value)

def parsed(parse: Callable[[str], Any], value: str, path: str) -> None:
    try:
        parse(value)
    except ValueError:
        raise Wrong(f"{path}: there is no {value}") from None

def ratio(value: Any, path: str) -> str:
    matching("[0-9]{1,40}(/[1-9][0-9]{0,39})?")(value, path)
    need(str(Fraction(value)) == value and 0 <= Fraction(value) <= 1, f"{path}: expected a share in lowest terms from 0 to 1, got {value!r}")
    return str(value)

def many(check: Check, least: int = 0) -> Check:
    def checked(value: Any, path: str) -> Any:
        need(type(value) is list and len(value) >= least, f"{path}: expected a list of {least} or more")
        return [check(each, f"{path}[{place}]") for place, each in enumerate(value)]
    return checked

def record(**fields: tuple[Check, Any]) -> Check:
    """An object with these keys and no others; what has a default is left out where it is the default."""
    def checked(value: Any, path: str) -> Plain:
        need(type(value) is dict, f"{path}: expected an object")
        for key in value:
            need(key in fields, f"{path}.{key[:40]}: unknown, nothing of that name belongs here")
        made = {}
        for key, (check, default) in fields.items():
            need(key in value or default is not REQUIRED, f"{path}.{key}: is required")
            made[key] = check(value[key], f"{path}.{key}") if key in value else default
            need(key not in value or default is REQUIRED or type(made[key]) is not type(default) or made[key] != default,
                 f"{path}.{key}: is left out when it is {default!r}")
        return made
    return checked

HASH = matching("[0-9a-f]{64}")
NAMED = record(code=(word, REQUIRED), reason=(word, REQUIRED))
ABSENCE = record(inspector=(word, REQUIRED), first=(day, REQUIRED), last=(day, REQUIRED), reason=(word, REQUIRED))
LEAD = record(skill=(word, REQUIRED), kinds=(many(one_of(*KINDS.values())), []), tags=(many(word), []), may_be_empty=(one_of(True), False))
GROUP = record(
    name=(word, REQUIRED), ratio=(ratio, None), count=(whole(0), None), all_if_fewer_than=(whole(0), 0),
    kinds=(many(one_of(*KINDS.values())), []), tags=(many(word), []), areas=(many(matching("[0-9]{1,6}")), []), risks=(many(word), []),
    method=(one_of("sequential_poisson", "systematic", "systematic_by_size"), "tickets"), by=(one_of("kind", "area", "risk"), None),
    apportion=(one_of("dhondt", "webster", "huntington_hill", "adams"), None), minimum=(whole(0), 0), reserves=(whole(0), 0),
    may_be_empty=(one_of(True), False))
SOURCE = record(
    kind=(one_of("dice", "balls", "drand"), REQUIRED), name=(matching("[A-Za-z0-9_-]{1,100}"), REQUIRED), about=(line, ""), at=(instant, None),
    faces=(whole(2, MOST), None), rolls=(whole(1, MOST), None), pools=(many(many(whole(1, MOST))), []),
    chain=(one_of(*CHAINS), None), round=(whole(1), None))
TEAM = record(
    per_site=(whole(1, 100), REQUIRED), recusal_years=(whole(1, 100), None), leads=(many(LEAD), []),
    first=(day, None), last=(day, None), absences=(many(ABSENCE), []))
PLAN = record(
    name=(word, REQUIRED), authority=(word, REQUIRED), level=(one_of("nation", "province", "city", "county"), REQUIRED),
    kind=(one_of("regular", "irregular"), REQUIRED), on=(day, REQUIRED), groups=(many(GROUP, 1), REQUIRED), seeds=(many(SOURCE, 1), REQUIRED),
    excluded=(many(NAMED), []), certain=(many(NAMED), []), gap_months=(whole(1, 1200), None), cap=(whole(1, 1000), None),
    rotation=(record(commitment=(HASH, REQUIRED), shift=(ratio, REQUIRED)), None), team=(TEAM, None), if_source_fails=(line, ""))
OUTCOME = record(at=(instant, REQUIRED), numbers=(many(many(whole(1))), []), signature=(matching("[0-9a-f]+"), ""), randomness=(HASH, ""))
INSPECTOR = record(
    id=(word, REQUIRED), name=(line, ""), skills=(many(word), []), capacity=(whole(0), None),
    interests=(many(record(code=(word, REQUIRED), relation=(line, ""))), []), posts=(many(record(code=(word, REQUIRED), until=(day, None))), []))
STATED = {  # what an entry of the log states; the rest of it follows
    "substitution": {"group": line, "stratum": line, "out": word}, "top_up": {"group": line, "stratum": line},
    "stand_in": {"site": word, "out": word}, "absence": {"inspector": word, "first": day, "last": day}}

def checked_plan(plain: Any) -> Any:
    plan = PLAN(plain, "seal.plan")
    for name in ("groups", "seeds"):
        need(len({each["name"] for each in plan[name]}) == len(plan[name]), f"seal.plan.{name}: a name stands twice")
    named = [each["code"] for each in plan["excluded"] + plan["certain"]]
    need(len({*named}) == len(named), "seal.plan: a code stands twice in excluded and certain")
    for group in plan["groups"]:
        need((group["ratio"] is None) is not (group["count"] is None), "seal.plan.groups: expected a ratio or a count, one of the two")
        need(group["ratio"] != "0", "seal.plan.groups: expected a ratio above 0")
        need(group["by"] or not group["apportion"], "seal.plan.groups: apportion needs by")
        need(group["apportion"] or not group["minimum"], "seal.plan.groups: minimum needs apportion")
    need(not plan["rotation"] or plan["rotation"]["shift"] != "1", "seal.plan.rotation: expected a shift below 1")
    for source in plan["seeds"]:
        for key, kind in (("faces", "dice"), ("rolls", "dice"), ("pools", "balls"), ("chain", "drand"), ("round", "drand")):
            need((source[key] not in (None, [])) is (kind == source["kind"]), f"seal.plan.seeds: {key} belongs to {kind}")
        need(len(source["pools"]) <= 100 and all(len(pool) == 2 and pool[1] < pool[0] for pool in source["pools"]), "seal.plan.seeds: a pool cannot be")
        need(source["kind"] != "drand" or source["at"] in (None, drawn_at(source)), "seal.plan.seeds: the round is published at another time")
    if plan["team"]:
        need(all(lead["kinds"] or lead["tags"] for lead in plan["team"]["leads"]), "seal.plan.team.leads: expected a kind or a tag")
        need((plan["team"]["first"] or plan["on"]) <= (plan["team"]["last"] or "9"), "seal.plan.team: the last day is before the first")
        need(all(each["first"] <= each["last"] for each in plan["team"]["absences"]), "seal.plan.team.absences: the last day is before the first")
    return plan

# --- the frame

def frame_rows(lines: list[str]) -> tuple[list[Plain], list[str]]:
    """The organisations, and the codes whose check character is irregular."""
    rows, irregular = [], []
    need(lines, "frame: is empty")
    for place, text in enumerate(lines):
        path = f"frame[{place}]"
        cells = [line(cell, path) for cell in text.split("\t")]
        need(len(cells) == len(COLUMNS), f"{path}: expected {len(COLUMNS)} cells, got {len(cells)}")
        row = dict(zip(COLUMNS, cells))
        code, tags = row["code"], row["tags"].split(";")
        need(re.fullmatch(f"[0-9]{{2}}[0-9]{{6}}[{DIGITS}]{{10}}", code) and code[1] in REGISTRIES.get(code[0], ""), f"{path}: {code!r} is no credit code")
        total = sum(DIGITS.index(each) * pow(3, n, 31) for n, each in enumerate(code[:17]))
        irregular += [code] if DIGITS[-total % 31] != code[17] else []
        need(row["name"], f"{path}: has no name")
        need(row["tags"] == "" or tags == sorted({*tags} - {""}) == [each.strip(" ") for each in tags], f"{path}: tags are sorted, each once")
        for name, pattern in (("area", "[0-9]{6}"), ("size", "[1-9][0-9]{0,17}"), ("inspections", "0|[1-9][0-9]{0,17}")):
            need(row[name] == "" or re.fullmatch(pattern, row[name]), f"{path}: {name} cannot be {row[name]!r}")
        if row["inspected"] not in ("", "never"):
            day(row["inspected"], path)
        need(place == 0 or lines[place - 1].split("\t")[0] < code, f"{path}: codes ascend, each on one line")
        row["kind"] = KINDS.get(code[:2], "unlisted")
        rows.append(row)
    return rows, irregular

def later(start: str, months: int) -> str:
    """The corresponding day some months later, or the month's last."""
    year, month = divmod(int(start[:4]) * 12 + int(start[5:7]) - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1] if year <= 9999 else 31
    return f"{year:05d}-{month + 1:02d}-{min(int(start[8:]), last):02d}"

def left_out(plan: Plain, rows: list[Plain]) -> dict[str, str]:
    """Who is not drawn, and why; what the plan needs must be known."""
    out = {each["code"]: each["reason"] for each in plan["excluded"]}
    codes = {row["code"] for row in rows}
    need(codes.issuperset([*out, *(each["code"] for each in plan["certain"])]), "seal.plan: excluded or certain, but not in the frame")
    for row in rows:
        need(plan["cap"] is None or row["inspections"], f"frame: inspections of {row['code']} is not known")
        need(plan["gap_months"] is None or row["inspected"], f"frame: inspected of {row['code']} is not known")
        if plan["cap"] is not None and int(row["inspections"]) >= plan["cap"]:
            out.setdefault(row["code"], "inspected as often as the plan allows this year")
        if plan["gap_months"] is not None and row["inspected"] != "never" and later(row["inspected"], plan["gap_months"]) > "0" + plan["on"]:
            out.setdefault(row["code"], "inspected too recently")
    need(not any(each["code"] in out for each in plan["certain"]), "seal.plan.certain: names one that cannot be drawn")
    return out

def strata(plan: Plain, rows: list[Plain], out: dict[str, str]) -> Iterator[Plain]:
    """The strata of all groups, with who can be drawn and how many are."""
    certain, covered = {each["code"] for each in plan["certain"]}, set[str]()
    have = {name: {row[name] for row in rows} for name in ("kind", "risk", "area")}
    have["tag"] = {tag for row in rows for tag in row["tags"].split(";")}
    for group in plan["groups"] + (plan["team"]["leads"] if plan["team"] else []):
        for name, known in have.items():
            for each in group.get(f"{name}s", []):
                need(group["may_be_empty"] or (any(cell.startswith(each) for cell in known) if name == "area" else each in known),
                     f"seal.plan: no organisation has {each!r}")
    for group in plan["groups"]:
        parts: dict[str, list[Plain]] = {} if group["by"] else {"": []}
        for row in rows:
            if all(row[name] in (group[f"{name}s"] or [row[name]]) for name in ("kind", "risk")) \
                    and row["area"].startswith(tuple(group["areas"] or [""])) \
                    and (not group["tags"] or {*group["tags"]} & {*row["tags"].split(";")}):
                need(row["size"] or not group["method"].endswith(("poisson", "size")), f"frame: size of {row['code']} is not known")
                parts.setdefault(row[group["by"]] if group["by"] else "", []).append(row)
        need(any(parts.values()) or group["may_be_empty"], f"seal.plan.groups: {group['name']} covers no organisation")
        need(not group["by"] or "" not in parts, f"frame: {group['by']} is not known of some")
        words = sorted(parts)
        can = [[row for row in parts[each] if row["code"] not in out] for each in words]
        sizes = [len(each) for each in can]
        quotas = [min(wanted(group, len(parts[each])), size) for each, size in zip(words, sizes)]
        if group["apportion"]:
            quotas = apportion(sizes, min(wanted(group, sum(map(len, parts.values()))), sum(sizes)), group)
        for each, some, quota in zip(words, can, quotas):
            sure = [row["code"] for row in some if row["code"] in certain]
            covered.update(sure)
            facts = {"group": group["name"], "stratum": each, "population": len(parts[each]), "eligible": len(some), "quota": max(quota, len(sure))}
            yield {"group": group, "can": some, "sure": sure, "facts": facts}
    need(covered == certain, "seal.plan.certain: names one that is in no group")

def wanted(group: Plain, population: int) -> int:
    if population < group["all_if_fewer_than"]:
        return population
    return min(group["count"], population) if group["ratio"] is None else ceil(Fraction(group["ratio"]) * population)

def apportion(sizes: list[int], n: int, group: Plain) -> list[int]:
    method, given = group["apportion"], [min(group["minimum"], size) for size in sizes]
    need(sum(given) <= n, "seal.plan.groups: the minima are more than is to be drawn")
    def claim(place: int) -> tuple[bool, Fraction, int, int]:
        a, size, power = given[place], sizes[place], 2 if method == "huntington_hill" else 1
        by = {"dhondt": a + 1, "webster": Fraction(2 * a + 1, 2), "huntington_hill": a * (a + 1), "adams": a}[method]
        return by == 0, Fraction(size**power) / (by or 1), size, -place
    for _unit in range(n - sum(given)):
        given[max((place for place, size in enumerate(sizes) if given[place] < size), key=claim)] += 1
    return given

# --- the seed, and the order of a stratum

def drawn_at(source: Plain) -> Any:
    """The moment before which a source cannot be drawn, or nothing where none is stated."""
    if source["kind"] != "drand":
        return source["at"]
    genesis, period, _size = CHAINS[source["chain"]]
    seconds = genesis + (source["round"] - 1) * period
    need(seconds <= 253402300799, "seal.plan.seeds: the round is beyond the year 9999")
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

def seed_of(sources: list[Plain], outcomes: list[Plain], sealed_at: str) -> str:
    text = ""
    need(len(sources) == len(outcomes), f"outcomes: expected {len(sources)}, got {len(outcomes)}")
    for place, (source, outcome) in enumerate(zip(sources, outcomes)):
        path, numbers, dice = f"outcomes[{place}]", outcome["numbers"], source["kind"] == "dice"
        need((drawn_at(source) or "9") > sealed_at, f"seal.plan.seeds[{place}]: is drawn at the seal or before it")
        need(outcome["at"] > sealed_at, f"{path}: existed before the seal")
        need(outcome["at"] >= (source["at"] or ""), f"{path}: existed before the moment that the plan announces")
        if source["kind"] == "drand":
            need(not numbers and outcome["at"] == drawn_at(source), f"{path}: the round is published at {drawn_at(source)}")
            need(len(outcome["signature"]) == 2 * CHAINS[source["chain"]][2], f"{path}: the signature has another length")
            shown = sha256(bytes.fromhex(outcome["signature"])).hexdigest()
            need(outcome["randomness"] == shown, f"{path}: the randomness is not the SHA-256 of the signature")
        else:
            pools = [[source["faces"], source["rolls"]]] if dice else source["pools"]
            need(not outcome["signature"] + outcome["randomness"] and len(numbers) == len(pools) and all(
                len(got) == n and max(got) <= top and (dice or len({*got}) == n) for got, (top, n) in zip(numbers, pools)),
                f"{path}: an outcome that cannot be")
            shown = "".join(".".join(map(str, got if dice else sorted(got))) + "./" for got in numbers)
        text += f"{source['name']}={shown}\n"
    return text

def bits(sources: list[Plain]) -> int:
    """Whole bits of chance in the sources together."""
    ways = [source["faces"] ** source["rolls"] if source["kind"] == "dice" else prod(comb(*pool) for pool in source["pools"])
            if source["kind"] == "balls" else UNIT for source in sources]
    return prod(ways).bit_length() - 1

def rank(stratum: Plain, key: bytes, shift: int) -> list[list[str]]:
    """Codes and tickets of a stratum: those drawn first, then the reserve."""
    can, sure, method = stratum["can"], stratum["sure"], stratum["group"]["method"]
    tickets = {row["code"]: sha256(key + row["code"].encode()).digest() for row in can}
    turned = {code: (int.from_bytes(made, "big") - shift) % UNIT for code, made in tickets.items()}
    sizes = {row["code"]: int(row["size"]) if method.endswith(("poisson", "size")) else 1 for row in can}
    small, big, n, more = [code for code in tickets if code not in sure], set[str](), stratum["facts"]["quota"] - len(sure), {""}
    while more and method != "tickets" and n > len(big):  # so large that they are drawn for certain
        total = sum(sizes[code] for code in small)
        more = {code for code in small if (n - len(big)) * sizes[code] >= total}
        big, small = big | more, [code for code in small if code not in more]
    first, total = sorted(big), sum(sizes[code] for code in small)
    if method.startswith("systematic"):
        mark = sha256(key + canonical(["start", stratum["facts"]["group"], stratum["facts"]["stratum"]]).encode()).hexdigest()
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

# --- inspectors

class Teams:
    """Who inspects whom: each place of a team from those who may and have the fewest sites."""

    def __init__(self, sites: list[str], skills: list[str], people: list[Plain], barred: dict[str, set[str]], per_site: int, key: bytes) -> None:
        self.sites, self.skills, self.barred, self.per_site, self.key = sites, dict(zip(sites, skills)), barred, per_site, key
        self.people = {each["id"]: each for each in people}
        self.ids = list(self.people)
        places = len(sites) * per_site
        self.limit = -(-places // len(people)) if people else 0
        self.most = {each["id"]: places if each["capacity"] is None else each["capacity"] for each in people}
        self.teams: dict[str, list[str]] = {site: [] for site in sites}
        self.rearranged: list[str] = []

    def load(self, one: str) -> int:
        return self.counts[one]

    def skilled(self, site: str, one: str) -> bool:
        return not self.skills[site] or self.skills[site] in self.people[one]["skills"]

    def bound(self, site: str) -> bool:
        """Whether all places but the one for the skill are filled by others."""
        return bool(self.skills[site]) and sum(not self.skilled(site, one) for one in self.teams[site]) >= self.per_site - 1

    def draw_all(self) -> Plain:
        self.counts: Counter[str] = Counter()
        for site in self.sites:
            for turn in range(self.per_site):
                lead = self.bound(site) or (bool(self.skills[site]) and turn == 0)
                may = [one for one in self.ids if one not in self.teams[site] and site not in self.barred[one]
                       and self.load(one) < min(self.limit, self.most[one]) and (not lead or self.skilled(site, one))]
                if may:
                    self.give(site, pick(self.key, f"{site}/{turn}", may, self.counts))
                    continue
                self.rearranged.append(site)
                while not self.augment(site):
                    need(any(self.most[one] > self.limit for one in self.reached), "inspectors: there are not enough")
                    self.limit += 1
        return {"teams": {site: [*team] for site, team in self.teams.items()}, "limit": self.limit, "rearranged": [*dict.fromkeys(self.rearranged)]}

    def give(self, site: str, one: str) -> None:
        self.teams[site].append(one)
        self.counts[one] += 1

    def augment(self, site: str) -> bool:
        """Fill one place along a shortest path on which others change places, if there is one."""
        opened: dict[Any, Any] = {(site, False): None}
        self.reached: dict[str, Any] = {}
        queue: list[Any] = [(site, False)]
        for node in queue:
            anybody = node[1] or not self.bound(node[0])
            for one in self.ids:
                if one in self.reached or one in self.teams[node[0]] or node[0] in self.barred[one] or not (anybody or self.skilled(node[0], one)):
                    continue
                self.reached[one] = node
                if self.load(one) < min(self.limit, self.most[one]):
                    while True:
                        node = self.reached[one]
                        self.give(node[0], one)
                        if opened[node] is None:
                            return True
                        one = opened[node]
                        self.teams[node[0]].remove(one)
                        self.counts[one] -= 1
                for other in self.sites:
                    after = (other, not self.skilled(other, one))
                    if one in self.teams[other] and after not in opened:
                        opened[after] = one
                        queue.append(after)
        return False

def pick(key: bytes, text: str, may: list[str], counts: Counter[str]) -> str:
    least = min(counts[one] for one in may)
    pool = [one for one in may if counts[one] == least]
    return pool[int.from_bytes(sha256(key + text.encode()).digest(), "big") % len(pool)]

# --- everything again

class Again:
    """A bundle made again, step by step."""

    def __init__(self, plain: Plain) -> None:
        self.plain, seal = plain, plain["seal"]
        sealed_at = instant(seal.get("sealed_at"), "seal.sealed_at")
        listed = seal.get("inspectors_sha256")
        need(listed is None or HASH(listed, "seal.inspectors_sha256"), "")
        self.plan = checked_plan(seal.get("plan"))
        self.rows, irregular = frame_rows(plain["frame"])
        out = left_out(self.plan, self.rows)
        self.strata = list(strata(self.plan, self.rows, out))
        made = {
            "format": "minzheng-seal/2", "sealed_at": sealed_at, "organizations": len(self.rows), "admitted": irregular,
            "frame_sha256": sha256("\n".join([*plain["frame"], ""]).encode()).hexdigest(),
            "plan": seal["plan"], "plan_sha256": digest(seal["plan"]), "entropy_bits": bits(self.plan["seeds"]),
            "inspectors_sha256": listed, "excluded": [[*each] for each in sorted(out.items())], "strata": [each["facts"] for each in self.strata]}
        self.seal = {**made, "commitment": digest(made)}
        outcomes = [OUTCOME(each, f"outcomes[{place}]") for place, each in enumerate(plain["outcomes"])]
        self.seed = seed_of(self.plan["seeds"], outcomes, sealed_at)
        self.key, shift, shown = self.key_of("organizations"), 0, plain["draw"].get("rotation_key")
        need((shown is None) is (self.plan["rotation"] is None), "draw.rotation_key: belongs to a plan with rotation, and only to it")
        if self.plan["rotation"]:
            own = bytes.fromhex(matching("([0-9a-f]{2})+")(shown, "draw.rotation_key"))
            need(sha256(own).hexdigest() == self.plan["rotation"]["commitment"], "draw.rotation_key: is not the key the plan committed to")
            self.key, shift = hmac.digest(self.seed.encode(), b"wheel/" + own, "sha256"), int(UNIT * Fraction(self.plan["rotation"]["shift"]))
        self.order: dict[tuple[str, str], list[str]] = {}
        self.members: dict[tuple[str, str], set[str]] = {}
        chosen = []
        for each in self.strata:
            quota, ranked = each["facts"]["quota"], rank(each, self.key, shift)
            path = each["facts"]["group"], each["facts"]["stratum"]
            chosen.append({"group": path[0], "stratum": path[1], "picks": ranked[:quota], "reserves": ranked[quota:][:each["group"]["reserves"]]})
            self.order[path], self.members[path] = [code for code, _ticket in ranked], {code for code, _ticket in ranked[:quota]}
        self.draw = {"seed": self.seed, "rotation_key": shown, "selections": chosen}
        self.gone: set[str] = set()
        self.absences, self.put_out = (self.plan["team"] or {}).get("absences", [])[:], dict[str, list[str]]()
        self.teams: Any = None
        self.assignment: Any = None
        self.moment, self.previous = max(each["at"] for each in outcomes), self.seal["commitment"]
        self.people = None if plain["inspectors"] is None else self.known(plain["inspectors"])
        self.log = list(self.replayed(plain["log"]))
        if plain["assignment"] is not None:
            self.draw_inspectors()

    def key_of(self, purpose: str) -> bytes:
        return hmac.digest(self.seed.encode(), f"{self.seal['plan_sha256']}/{purpose}".encode(), "sha256")

    def codes(self) -> list[str]:
        return sorted(set[str]().union(*self.members.values()))

    def known(self, plain: list[Any]) -> list[Plain]:
        """The inspectors, as they were sealed, and fit to be judged."""
        people, team, codes = many(INSPECTOR)(plain, "inspectors"), self.plan["team"], {row["code"] for row in self.rows}
        need(team and digest(plain) == self.seal["inspectors_sha256"], "inspectors: this is not the list that was sealed")
        ids = [each["id"] for each in people]
        need(ids == sorted({*ids}), "inspectors: ids ascend, each once")
        need({each["inspector"] for each in self.absences} <= {*ids}, "seal.plan.team.absences: names somebody who is not in the list")
        for each in people:
            need(codes.issuperset(other["code"] for other in each["interests"] + each["posts"]), f"inspectors: {each['id']} names an organisation that is not in the frame")
            need(team["recusal_years"] is not None or all(post["until"] is None for post in each["posts"]), "inspectors: the plan says no recusal_years")
        return list(people)

    def task(self) -> Teams:
        """What a drawing of inspectors starts from: who is here, and who is barred where."""
        need(self.people is not None, "inspectors: the list that was sealed is required")
        team, on, barred = self.plan["team"], self.plan["on"], dict[str, set[str]]()
        first, last = team["first"] or on, team["last"] or "9999-12-31"
        away = {each["inspector"] for each in self.absences if each["first"] <= last and first <= each["last"]}
        for each in self.people or []:
            posts = {post["code"] for post in each["posts"] if post["until"] is None or later(post["until"], 12 * team["recusal_years"]) > "0" + on}
            put_out = {site for site, ids in self.put_out.items() if each["id"] in ids}
            barred[each["id"]] = {other["code"] for other in each["interests"]} | posts | put_out
        rows, sites = {row["code"]: row for row in self.rows}, self.codes()
        skills = [next((lead["skill"] for lead in team["leads"] if rows[site]["kind"] in lead["kinds"] or {*lead["tags"]} & {*rows[site]["tags"].split(";")}), "")
                  for site in sites]
        here = [each for each in self.people or [] if each["id"] not in away]
        return Teams(sites, skills, here, barred, team["per_site"], self.key_of("inspectors"))

    def draw_inspectors(self) -> None:
        if self.assignment is None:
            self.assignment = self.task().draw_all()
            self.teams = {site: [*team] for site, team in self.assignment["teams"].items()}

    def relieve(self, site: str, out: str, task: Teams) -> str:
        """Somebody else for an inspector at a site; the skill asked for stays in the team."""
        team, gone, counts = self.teams[site], self.put_out.get(site, []), Counter(one for each in self.teams.values() for one in each)
        anybody = any(one in task.people and task.skilled(site, one) for one in team if one != out)
        may = [one for one in task.ids if one not in team and one not in gone and site not in task.barred[one]
               and (task.people[one]["capacity"] is None or counts[one] < task.people[one]["capacity"]) and (anybody or task.skilled(site, one))]
        need(may, f"log: nobody may take the place of {out} at {site}")
        follows = pick(task.key, f"{site}/{task.per_site + len(gone)}", may, counts)
        self.put_out[site] = [*gone, out]
        self.teams[site] = [follows if one == out else one for one in team]
        return follows

    def follow(self, path: tuple[str, str]) -> Any:
        """The next of a stratum that is neither drawn nor gone."""
        used = self.gone.union(*self.members.values())
        follows = next((code for code in self.order[path] if code not in used), None)
        if follows is not None:
            self.members[path].add(follows)
        self.teams = self.assignment = None
        return follows

    def replayed(self, log: list[Plain]) -> Iterator[Plain]:
        for place, entry in enumerate(log):
            path, kind = f"log[{place}]", str(entry.get("kind"))
            need(entry.get("kind") in [*STATED], f"{path}.kind: unknown")
            made: Plain = {name: check(entry.get(name), f"{path}.{name}") for name, check in STATED[kind].items()}
            reason, at = word(entry.get("reason"), f"{path}.reason"), instant(entry.get("at"), f"{path}.at")
            need(at >= self.moment, f"{path}.at: is before the draw, or before the entry it follows")
            need(self.gone.intersection(self.codes()) <= {made["out"] if kind == "substitution" else None}, f"{path}: one that was put out of a group is still drawn in another")
            if kind in ("substitution", "top_up"):
                stratum = made["group"], made["stratum"]
                need(stratum in self.members, f"{path}.group: the plan has no such stratum")
                if kind == "substitution":
                    need(made["out"] in self.members[stratum], f"{path}.out: is not drawn in this group and stratum")
                    self.members[stratum] -= {made["out"]}
                    self.gone |= {made["out"]}
                made["in"] = self.follow(stratum)
                need(made["in"] is not None or kind == "substitution", f"{path}: the stratum has nobody left")
            elif kind == "stand_in":
                self.draw_inspectors()
                need(made["out"] in self.teams.get(made["site"], []), f"{path}.out: is not drawn to inspect it")
                made["in"] = self.relieve(made["site"], made["out"], self.task())
            else:
                drawn = entry.get("stand_ins") is not None
                if drawn:
                    self.draw_inspectors()
                need(made["first"] <= made["last"], f"{path}.last: is before the first day")
                self.absences.append({name: made[name] for name in ("inspector", "first", "last")})
                task = self.task()
                need(made["inspector"] in task.barred, f"{path}.inspector: is not in the list")
                made["stand_ins"] = {} if drawn else None
                if not drawn:
                    self.teams = self.assignment = None
                elif made["inspector"] not in task.people:
                    sites = [site for site in sorted(self.teams) if made["inspector"] in self.teams[site]]
                    made["stand_ins"] = {site: self.relieve(site, made["inspector"], task) for site in sites}
            made = {"kind": kind, **made, "reason": reason, "at": at, "previous": self.previous}
            made["hash"] = digest(made)
            self.moment, self.previous = at, made["hash"]
            for each in unlike(entry, made, path):
                raise Wrong(each)
            yield made
        need(self.gone.isdisjoint(self.codes()), "log: one that was substituted in one of its groups is still drawn in another")

    def differences(self) -> Iterator[str]:
        made = {"format": "minzheng-bundle/2", "frame": self.plain["frame"], "seal": self.seal, "outcomes": self.plain["outcomes"], "draw": self.draw,
                "inspectors": self.plain["inspectors"], "assignment": self.assignment if self.plain["assignment"] is not None else None, "log": self.log}
        made["sha256"] = digest(made)
        for key in TOP:
            yield from unlike(self.plain[key], made[key], key)
        if self.plain["assignment"] is None and self.plan["team"] and self.seal["inspectors_sha256"] is not None:
            yield "assignment: the plan has a team and inspectors were sealed, but none are drawn"

TOP = {"format": (str,), "frame": (list,), "seal": (dict,), "outcomes": (list,), "draw": (dict,), "inspectors": (list, type(None)),
       "assignment": (dict, type(None)), "log": (list,), "sha256": (str,)}

def examine(data: bytes, commitment: Any = None) -> tuple[list[str], Any]:
    """Everything that is wrong with a bundle, and the bundle made again when nothing is."""
    found, again = [], None
    try:
        need(commitment is None or HASH(commitment, "commitment"), "")
        plain = read(data)
        for key in sorted({*plain, *TOP}):
            need(key in TOP and key in plain and type(plain[key]) in TOP[key], f"bundle.{key[:40]}: unknown, missing, or of another type")
        need(plain["seal"].get("format") == "minzheng-seal/2", f"seal.format: expected 'minzheng-seal/2', got {str(plain['seal'].get('format'))[:60]!r}")
        for key, kind in (("frame", str), ("outcomes", dict), ("log", dict)):
            need(all(type(each) is kind for each in plain[key]), f"bundle.{key}: something in it is of another type")
        found += [*unlike(plain["sha256"], digest(plain, "sha256"), "sha256"), *unlike(plain["seal"].get("commitment"), digest(plain["seal"], "commitment"), "seal.commitment")]
        again = Again(plain)
        found += again.differences()
        need(commitment in (None, again.seal["commitment"]), f"the published commitment: the bundle has {again.seal['commitment']}")
    except (Wrong, ValueError, RecursionError) as error:  # ValueError: bytes that are no text, text that is no JSON, a day that is none
        found.append(str(error)[:400] if not isinstance(error, RecursionError) else "bundle: nests too deeply")
    return [*dict.fromkeys(found)], again

def problems(data: bytes, commitment: Any = None) -> list[str]:
    """Everything that is wrong with a bundle; nothing, when it verifies."""
    return examine(data, commitment)[0]

def report(again: Again, commitment: Any) -> Iterator[str]:
    """What a reader compares with what happened in public."""
    yield "verified: frame, plan, seed, draw, inspectors and log fit together"
    yield f"commitment: {again.seal['commitment']}, sealed at {again.seal['sealed_at']}"
    yield f"seed: {again.seed.strip()}"
    for source, outcome in zip(again.plan["seeds"], again.plain["outcomes"]):
        yield f"outcome of {source['name']} ({source['kind']}) at {outcome['at']}: {outcome.get('numbers') or outcome.get('signature')}"
    for place, entry in enumerate(again.log):
        yield f"log[{place}]: {canonical(entry)}"
    yield "not checked: that the seal is the published one, for no commitment was given" if commitment is None else \
        "not checked: that the commitment was published before the seed existed; see where it was published"
    yield "not checked: that the outcomes are what was drawn in public; compare them"
    if any(source["kind"] == "drand" for source in again.plan["seeds"]):
        yield "not checked: that the drand signature is the network's; ask any relay for the round"
    yield "not checked: that nothing was cut off the end of the log; compare its last hash with the published one"
    yield "not checked: that the frame has everybody it should have, with true facts"

def main(words: list[str]) -> int:
    try:
        if len(words) not in (1, 2) or (len(words) == 2 and not re.fullmatch("[0-9a-f]{64}", words[1])):
            raise OSError("expected a file and, if it is given, a commitment of 64 hexadecimal digits")
        data, commitment = Path(words[0]).read_bytes(), words[1] if len(words) == 2 else None
    except (OSError, ValueError) as error:
        print(f"python verify.py bundle.json [COMMITMENT]: {error}", file=sys.stderr)
        return 2
    found, again = examine(data, commitment)
    try:
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        print("\n".join(found or report(again, commitment)), flush=True)
    except (OSError, AttributeError):  # nobody reads it, or the output is closed: that is no verdict
        os._exit(2)
    return bool(found)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
