"""Personal data are sealed, each person's under a key of his own; a lost key is an erased person."""

import json
import sys
from datetime import date
from typing import Any

import pytest
from attrs import evolve, fields

from minzheng import records
from minzheng.base.identifiers.resident_id import Sex
from minzheng.errors import Conflict, Erased, InvalidInput, MissingExtra, Tampered
from minzheng.people import Applicant, Household, Person, Relation, Residence
from minzheng.records import APPLICANTS, HOUSEHOLDS, ledger
from minzheng.registers import ledgers
from minzheng.registers.ledgers import Elder
from minzheng.storage import ErasedRecord, Kind, Shelf, export_lines, import_lines
from minzheng.storage.cipher import AesGcm, Cipher, Keys, MemoryKeys, Sm4Gcm, person_name
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
        Person(relation=Relation.OTHER, name="无号样本", id="person-17"),
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
    for held in (right(FIRST), right(SECOND), "person-17"):
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


TYPED = [
    "13082219500301003x",
    "13082219500301003X",
    "130822 19500301 003x",
    "１３０８２２１９５００３０１００３Ｘ",
]


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("destroyed", TYPED)
def test_a_number_is_one_person_however_it_is_typed(typed: str, destroyed: str) -> None:
    assert person_name(typed) == "13082219500301003X"
    keys = MemoryKeys()
    sealing = AesGcm(keys)
    old = [sealing.seal(each, b"text", b"here") for each in TYPED]
    assert len({token for token, _text in old}) == 1
    assert keys.of_person(typed)[0] == old[0][0]
    assert keys.destroy(destroyed)
    for token, text in old:
        with pytest.raises(Erased):
            sealing.open(token, text, b"here")
    assert not keys.destroy(typed)


def test_keys_given_under_two_forms_of_a_number_are_one_persons() -> None:
    keys = MemoryKeys({TYPED[0]: ("a", b"1" * 32), TYPED[1]: ("b", b"2" * 32)})
    assert keys.destroy(TYPED[2])
    assert (keys.by_token("a"), keys.by_token("b")) == (None, None)


def test_the_old_form_of_a_number_names_the_same_person() -> None:
    old = "130822500301001"
    keys = MemoryKeys()
    token, _key = keys.of_person(old)
    assert keys.of_person(right("130822195003010010"))[0] == token


def test_an_erased_person_does_not_stop_the_others(cipher: Any) -> None:
    keys = MemoryKeys()
    shelf = Shelf(MemoryStore(), HOUSEHOLDS, cipher(keys))
    other = evolve(household("case-2"), members=household().members[:1])
    for model in (household(), other, household("case-3")):
        shelf.put(model, valid_from=DAY)
    keys.destroy("person-17")
    gone = [ErasedRecord("household", case, 1, DAY, ("members",)) for case in ("case-1", "case-3")]
    assert list(shelf.find(on=DAY)) == [gone[0], other, gone[1]]
    assert shelf.history("case-1") == (gone[0],)
    with pytest.raises(Erased, match="'case-1', version 1: members cannot be read"):
        shelf.get("case-1")


def test_a_person_is_the_same_at_another_place_of_the_case(cipher: Any) -> None:
    """The place of a member is no name: who moves up would be taken for who has left."""
    keys = MemoryKeys()
    shelf = Shelf(MemoryStore(), HOUSEHOLDS, cipher(keys))
    first, _second, third = household().members
    shelf.put(household(), valid_from=DAY)
    shelf.put(evolve(household(), members=(first, third)), valid_from=DAY)
    assert keys.destroy("person-17")
    assert all(isinstance(each, ErasedRecord) for each in shelf.history("case-1"))


def test_a_person_without_number_or_id_is_not_sealed(cipher: Any) -> None:
    store = MemoryStore()
    people = tuple(evolve(each, id=None, resident_id=None) for each in household().members)
    case = evolve(household(), members=people)
    with pytest.raises(InvalidInput) as caught:
        Shelf(store, HOUSEHOLDS, cipher(MemoryKeys())).put(case, valid_from=DAY)
    paths = [fault.path for fault in caught.value.faults]
    assert paths == ["members[0]", "members[1]", "members[2]"]
    assert store.kinds() == ()
    Shelf(store, HOUSEHOLDS).put(case, valid_from=DAY)
    alone = Applicant(
        id="a", area="130822", residence=Residence.RURAL, person=Person(relation=Relation.APPLICANT)
    )
    with pytest.raises(InvalidInput, match=r"^person: a resident number or a lasting id"):
        Shelf(store, APPLICANTS, cipher(MemoryKeys())).put(alone, valid_from=DAY)


def test_two_persons_never_share_a_key(cipher: Any) -> None:
    first, second, third = household().members
    case = evolve(
        household(),
        members=(first, evolve(second, resident_id=None, id="p"), evolve(third, id="p")),
    )
    with pytest.raises(
        InvalidInput, match=r"members\[2\]: has the number or the lasting id of members\[1\]"
    ):
        Shelf(MemoryStore(), HOUSEHOLDS, cipher(MemoryKeys())).put(case, valid_from=DAY)


LEDGERS = [
    cls
    for name in ledgers.__all__
    if isinstance(cls := getattr(ledgers, name), type) and issubclass(cls, ledgers.Enrolled)
]


@pytest.mark.parametrize("cls", LEDGERS, ids=lambda cls: cls.__name__)
def test_every_ledger_is_sealed_but_for_its_number_and_county(cls: Any, cipher: Any) -> None:
    assert set(attrs_names(cls)) - set(ledger(cls).personal) == {"id", "area"}


def attrs_names(cls: Any) -> list[str]:
    return [each.name for each in fields(cls)]


def test_a_row_of_a_ledger_is_sealed_whole(cipher: Any) -> None:
    store, keys = MemoryStore(), MemoryKeys()
    shelf = Shelf(store, ledger(Elder), cipher(keys))
    row = Elder(
        id="E-1",
        name="测试甲",
        resident_id=right(FIRST),
        phone="13900000000",
        address="样本村",
        area="130822",
    )
    unnumbered = Elder(id="E-2", name="测试乙", sex=Sex.FEMALE)
    record = shelf.put(row, valid_from=DAY)
    shelf.put(unnumbered, valid_from=DAY)
    whole = "\n".join(export_lines(store))
    for secret in (right(FIRST), "测试甲", "测试乙", "13900000000", "样本村", "1950"):
        assert secret not in whole
    assert record.data["model"] == {"id": "E-1", "area": "130822"}
    assert list(shelf.find()) == [row, unnumbered]
    assert keys.destroy(right(FIRST).lower())
    assert keys.destroy("ledger_elder/E-2")
    assert [type(each) for each in shelf.find()] == [ErasedRecord, ErasedRecord]


def test_a_cipher_that_would_seal_nothing_is_refused(cipher: Any) -> None:
    kinds = [each for each in vars(records).values() if isinstance(each, Kind)]
    without = {each.name for each in kinds if not each.personal}
    assert without == {"application", "decision", "organization", "rating", "draw", "standards"}
    for kind in kinds:
        if kind.name in without:
            with pytest.raises(InvalidInput, match="would seal nothing"):
                Shelf(MemoryStore(), kind, cipher(MemoryKeys()))


@pytest.mark.parametrize(
    "key", [right(FIRST), f"case {right(FIRST)[:6]} {right(FIRST)[6:]}", right(SECOND).lower()]
)
@pytest.mark.parametrize("sealing", [True, False])
def test_a_number_of_a_person_is_never_the_key(key: str, sealing: bool) -> None:
    shelf = Shelf(MemoryStore(), HOUSEHOLDS, AesGcm(MemoryKeys()) if sealing else None)
    with pytest.raises(InvalidInput, match="never kept under a person's number") as caught:
        shelf.put(household(key), valid_from=DAY)
    assert right(FIRST)[6:] not in str(caught.value)
    row = Elder(id=right(FIRST), name="测试甲", resident_id=right(FIRST))
    with pytest.raises(InvalidInput, match="never kept under a person's number"):
        Shelf(MemoryStore(), ledger(Elder)).put(row, valid_from=DAY)


def test_a_number_in_a_key_is_not_repeated(cipher: Any) -> None:
    """A case may be numbered like a person of whom the model knows nothing."""
    keys = MemoryKeys()
    shelf = Shelf(MemoryStore(), HOUSEHOLDS, cipher(keys))
    number = right("130822196603010015")
    shelf.put(household(number), valid_from=DAY)
    with pytest.raises(Conflict) as conflict:
        shelf.put(household(number), valid_from=DAY, expect=0)
    keys.destroy(right(FIRST))
    with pytest.raises(Erased) as erased:
        shelf.get(number)
    for said in (str(conflict.value), str(erased.value), repr(list(shelf.find()))):
        assert number[6:] not in said
        assert number[:6] in said


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_a_blank_id_names_nobody(cipher: Any, blank: str) -> None:
    shelf = Shelf(MemoryStore(), HOUSEHOLDS, cipher(MemoryKeys()))
    case = household("case-1")
    members = (*case.members[:2], evolve(case.members[2], id=blank))
    with pytest.raises(InvalidInput, match=r"members\[2\]: a resident number or a lasting id"):
        shelf.put(evolve(case, members=members), valid_from=DAY)


@pytest.mark.parametrize(
    "payload",
    [5, None, "x", [], {}, {"model": 5}, {"model": {}, "sealed": 5}, {"model": {}, "parts": []}],
    ids=str,
)
def test_what_no_shelf_has_put_is_no_model(cipher: Any, payload: Any) -> None:
    store = MemoryStore()
    store.put("household", "case-1", payload, valid_from=DAY)
    with pytest.raises(Tampered):
        Shelf(store, HOUSEHOLDS, cipher(MemoryKeys())).get("case-1")


def replaced(store: MemoryStore, change: Any) -> MemoryStore:
    """A store whose writer, who has no keys, has made the last record anew, hashes and all."""
    copy = MemoryStore()
    for record in store.chain("household"):
        last = record.place == store.head("household").place
        data = change(record.data) if last else record.data
        copy.put("household", record.key, data, valid_from=record.valid_from)
    return copy


def test_what_is_sealed_is_bound_to_its_version_and_number_of_members(cipher: Any) -> None:
    store, sealing = MemoryStore(), cipher(MemoryKeys())
    shelf = Shelf(store, HOUSEHOLDS, sealing)
    first = shelf.put(household(), valid_from=DAY)
    shelf.put(evolve(household(), members=household().members[:2]), valid_from=DAY)
    old = first.data

    def members(data: Any, rows: Any) -> Any:
        return {**data, "sealed": {"members": rows}}

    clear = {**old["model"], "members": [{"relation": "APPLICANT"}]}
    forgeries: dict[str, Any] = {
        "an earlier version": lambda data: old,
        "a member of an earlier version": lambda data: members(
            data, [old["sealed"]["members"][0], data["sealed"]["members"][1]]
        ),
        "a member left out": lambda data: members(data, data["sealed"]["members"][:1]),
        "a member twice": lambda data: members(data, data["sealed"]["members"][:1] * 2),
        "nobody": lambda data: members(data, []),
        "nothing": lambda data: members(data, None),
        "text": lambda data: members(data, [["token", "no base64"]]),
        "members in clear": lambda data: {"model": clear},
        "members in clear as well": lambda data: {**data, "model": clear},
        "another field sealed": lambda data: {**data, "sealed": {"id": data["sealed"]["members"]}},
    }
    assert Shelf(replaced(store, lambda data: data), HOUSEHOLDS, sealing).get("case-1") is not None
    for name, change in forgeries.items():
        with pytest.raises((Tampered, Erased)):
            pytest.fail(
                f"{name}: {Shelf(replaced(store, change), HOUSEHOLDS, sealing).get('case-1')}"
            )


def test_records_in_clear_are_read_without_a_cipher_only(cipher: Any) -> None:
    store = MemoryStore()
    Shelf(store, HOUSEHOLDS).put(household(), valid_from=DAY)
    with pytest.raises(Tampered, match="in clear, though a cipher is given"):
        Shelf(store, HOUSEHOLDS, cipher(MemoryKeys())).get("case-1")


def test_keys_are_rotated_and_earlier_ones_still_open(cipher: Any) -> None:
    keys = MemoryKeys()
    shelf = Shelf(MemoryStore(), HOUSEHOLDS, cipher(keys))
    shelf.put(household(), valid_from=DAY)
    before = keys.of_person(right(FIRST))
    token = keys.rotate(right(FIRST).lower())
    assert keys.of_person(right(FIRST))[0] == token != before[0]
    second = shelf.put(household(), valid_from=DAY)
    assert token in second.payload
    assert before[0] not in second.payload
    assert shelf.history("case-1") == (household(), household())
    assert keys.destroy(right(FIRST))
    assert keys.by_token(before[0]) is keys.by_token(token) is None
    assert all(isinstance(each, ErasedRecord) for each in shelf.history("case-1"))
