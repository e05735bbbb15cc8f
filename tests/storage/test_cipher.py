"""Personal data are sealed, each person's under a key of his own; a lost key is an erased person."""

import json
import sys
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from minzheng.errors import Erased, InvalidInput, MissingExtra, Tampered
from minzheng.people import Household, Person, Relation, Residence
from minzheng.records import HOUSEHOLDS
from minzheng.storage import Shelf, export_lines, import_lines
from minzheng.storage.cipher import AesGcm, Cipher, Keys, MemoryKeys, Sm4Gcm
from minzheng.storage.memory import MemoryStore

DAY = date(2020, 7, 24)
FIRST, SECOND = "130822195003010015", "130822197501010013"
CIPHERS = [AesGcm, Sm4Gcm]


def right(number: str) -> str:
    from minzheng.base.identifiers import resident_id

    return number[:17] + resident_id.check_digits(number[:17])


def household(case: str = "case-1") -> Household:
    members = (
        Person(relation=Relation.APPLICANT, name="王样本", resident_id=right(FIRST)),
        Person(relation=Relation.CHILD, name="王测试", resident_id=right(SECOND)),
        Person(relation=Relation.OTHER, name="无号样本"),
    )
    return Household(id=case, area="130822", residence=Residence.RURAL, members=members)


@pytest.fixture(params=CIPHERS)
def cipher(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_what_is_sealed_comes_out_equal_and_stands_nowhere(cipher: Any) -> None:
    store, keys = MemoryStore(), MemoryKeys()
    shelf = Shelf(store, HOUSEHOLDS, cipher(keys))
    shelf.put(household(), valid_from=DAY)
    assert shelf.get("case-1") == household()
    whole = "\n".join(export_lines(store))
    for person in household().members:
        assert person.name is not None
        assert person.name not in whole
        assert person.name.encode("unicode_escape").decode() not in whole
        assert (person.resident_id or "applicant") not in whole
    for held in (right(FIRST), right(SECOND), "case-1/2"):
        token, key = keys.of_person(held)
        assert token in whole
        assert key.hex() not in whole


def test_an_erased_person_is_gone_and_the_chain_stands(cipher: Any) -> None:
    store, keys = MemoryStore(), MemoryKeys()
    shelf = Shelf(store, HOUSEHOLDS, cipher(keys))
    other = evolve(household("case-2"), members=household().members[:1])
    shelf.put(household(), valid_from=DAY)
    shelf.put(evolve(household(), band=2), valid_from=DAY)
    shelf.put(other, valid_from=DAY)
    head, copy = store.head("household"), list(export_lines(store))

    assert keys.destroy(right(SECOND))
    assert store.verify_chain("household", head) == head
    for record in store.history("household", "case-1"):
        with pytest.raises(Erased, match="members cannot be read"):
            shelf.model(record)
    assert shelf.get("case-2") == other
    restored = MemoryStore()
    import_lines(restored, copy)
    with pytest.raises(Erased):
        Shelf(restored, HOUSEHOLDS, cipher(keys)).get("case-1")
    assert not keys.destroy(right(SECOND))


def test_a_person_who_comes_again_has_a_new_key(cipher: Any) -> None:
    keys = MemoryKeys()
    shelf = Shelf(MemoryStore(), HOUSEHOLDS, cipher(keys))
    old = shelf.put(household(), valid_from=DAY)
    keys.destroy(right(FIRST))
    shelf.put(household(), valid_from=DAY)
    assert shelf.get("case-1") == household()
    with pytest.raises(Erased):
        shelf.model(old)


def test_nobody_reads_without_the_keys(cipher: Any) -> None:
    store = MemoryStore()
    Shelf(store, HOUSEHOLDS, cipher(MemoryKeys())).put(household(), valid_from=DAY)
    with pytest.raises(InvalidInput, match="is sealed"):
        Shelf(store, HOUSEHOLDS).get("case-1")
    with pytest.raises(Erased):
        Shelf(store, HOUSEHOLDS, cipher(MemoryKeys())).get("case-1")


def test_what_is_sealed_opens_at_its_place_only(cipher: Any) -> None:
    sealing: Cipher = cipher(MemoryKeys())
    token, sealed = sealing.seal("a", b"text", b"household/case-1/members[0]")
    assert sealing.open(token, sealed, b"household/case-1/members[0]") == b"text"
    with pytest.raises(Tampered, match=r"case-2/members\[0\]"):
        sealing.open(token, sealed, b"household/case-2/members[0]")
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(Tampered):
            sealing.open(token, changed, b"household/case-1/members[0]")
    for length in range(len(sealed)):
        with pytest.raises(Tampered):
            sealing.open(token, sealed[:length], b"household/case-1/members[0]")


def test_the_same_twice_is_not_seen_to_be_the_same(cipher: Any) -> None:
    sealing: Cipher = cipher(MemoryKeys())
    assert sealing.seal("a", b"text", b"here") != sealing.seal("a", b"text", b"here")


def test_sealed_by_one_cipher_is_not_opened_by_another() -> None:
    keys: Keys = MemoryKeys()
    token, sealed = AesGcm(keys).seal("a", b"text", b"here")
    with pytest.raises(Tampered):
        Sm4Gcm(keys).open(token, sealed, b"here")


def test_sm4_is_that_of_the_standard() -> None:
    """The example of RFC 8998, appendix A.1."""
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    context = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    clear = bytes.fromhex("".join(each * 16 for each in "ABCDEFEA"))
    sealed = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    keys = MemoryKeys({"a": ("token", key)})
    assert Sm4Gcm(keys).open("token", nonce + sealed, context) == clear


def test_keys_may_be_kept_elsewhere() -> None:
    keys = MemoryKeys()
    token, key = keys.of_person("a")
    assert MemoryKeys({"a": (token, key)}).by_token(token) == key
    assert json.dumps(repr(keys)) == '"<MemoryKeys: 1>"'
    assert len(key) == 32


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(MissingExtra, match=r"minzheng\[cipher\]"):
        AesGcm(MemoryKeys())
