"""The suite that every storage adapter passes.

An adapter's author derives a test class from :class:`StoreConformance`, gives it
one fixture, and runs pytest. ``opener`` opens the store with a clock; called
again it opens the same records anew, where the medium is ``durable``.

.. code-block:: python

    class TestMyStore(StoreConformance):
        @pytest.fixture
        def opener(self, tmp_path):
            return lambda clock: MyStore(tmp_path / "records", clock)

A fixture ``failing`` may make the medium fail as it does in earnest, such as a disk that
is full; by default the adapter's own step fails after it was done.

``machine(opener)`` makes a hypothesis state machine that sets a store against
plain lists.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, TypeAlias

import pytest
from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from minzheng.errors import Conflict, InvalidInput, StorageError, Tampered, WrongType
from minzheng.storage import Draft, Head, Record, Store, export_lines, import_lines

__all__ = ["Failing", "Opener", "StoreConformance", "Ticking", "machine"]

DAY = date(2020, 7, 24)
BEGIN = datetime(2020, 7, 24, tzinfo=UTC)

Opener: TypeAlias = Callable[[Callable[[], datetime]], Store]
"""Opens the store under test with a clock."""


Failing: TypeAlias = Callable[[Store], AbstractContextManager[None]]
"""Within it, a put of ``LARGE`` to the store fails in its medium."""

LARGE = "低保" * 100_000


@contextmanager
def _step_fails(store: Store) -> Iterator[None]:
    """The step that appends does so, and fails then: the worst that can be left behind."""
    adapter: Any = store
    append = adapter._append

    def fails(records: Any) -> None:
        append(records)
        raise OSError(28, "No space left on device")

    adapter._append = fails
    try:
        yield
    finally:
        adapter._append = append


class Ticking:
    """A clock that goes on by one second each time it is asked."""

    def __init__(self, moment: datetime = BEGIN) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        """The moment, one second after the last."""
        self.moment += timedelta(seconds=1)
        return self.moment


def after(seconds: float) -> datetime:
    """A moment so many seconds after the clock of the suite begins."""
    return BEGIN + timedelta(seconds=seconds)


class StoreConformance:
    """What every store does; derive from it and give the fixture ``opener``."""

    durable = True
    """whether records outlive the object that put them"""

    @pytest.fixture
    def opener(self) -> Opener:
        """Opens the store under test; give your own."""
        raise NotImplementedError("give a fixture `opener`")

    @pytest.fixture
    def store(self, opener: Opener) -> Iterator[Store]:
        """An empty store."""
        store = opener(Ticking())
        yield store
        store.close()

    @pytest.fixture
    def failing(self) -> Failing:
        """Makes the medium of a store fail; give your own."""
        return _step_fails

    def test_what_is_put_is_got(self, store: Store) -> None:
        payload = {"b": [1, None, True, "低保\n\x00\U0001f600'\""], "a": {"深": -(2**70)}}
        put = store.put("note", "a/一 'b' %_", payload, valid_from=DAY)
        assert put == store.get("note", "a/一 'b' %_")
        assert put.data == payload
        assert (put.kind, put.place, put.version, put.valid_from) == ("note", 1, 1, DAY)
        assert put.recorded_at == after(1)
        assert put.recorded_at.utcoffset() == timedelta(0)

    def test_what_was_never_put_is_not_there(self, store: Store) -> None:
        store.put("note", "a", 1, valid_from=DAY)
        assert store.get("note", "b") is None
        assert store.get("other", "a") is None
        assert store.history("other", "a") == ()
        assert list(store.find("other")) == list(store.chain("other")) == []
        assert store.head("other") == store.verify_chain("other") == Head("other")
        assert store.kinds() == ("note",)

    def test_keys_are_told_apart_to_the_letter(self, store: Store) -> None:
        keys = ["a", "A", "a ", " a", "á", "a\u0301", "ａ"]
        for number, key in enumerate(keys):
            assert store.put("note", key, number, valid_from=DAY).version == 1
        assert [store.get("note", key) for key in keys] == list(store.chain("note"))

    def test_versions_and_chains_count_on(self, store: Store) -> None:
        puts = [
            store.put(kind, key, number, valid_from=DAY)
            for number, (kind, key) in enumerate(
                [("note", "a"), ("note", "b"), ("other", "a"), ("note", "a"), ("other", "a")]
            )
        ]
        assert [put.version for put in puts] == [1, 1, 1, 2, 2]
        assert [put.place for put in puts] == [1, 2, 1, 3, 2]
        assert list(store.chain("note")) == [puts[0], puts[1], puts[3]]
        assert store.history("note", "a") == (puts[0], puts[3])
        assert store.head("note") == Head("note", 3, puts[3].hash) == store.verify_chain("note")
        assert store.kinds() == ("note", "other")

    def test_a_past_moment_is_seen_as_it_was(self, store: Store) -> None:
        for number in range(4):
            store.put("note", "a", number, valid_from=DAY)
        for seconds, expected in [(0.9, None), (1, 0), (1.9, 0), (2, 1), (4, 3), (9, 3)]:
            found = store.get("note", "a", as_of=after(seconds))
            assert (None if found is None else found.data) == expected
            assert [each.data for each in store.find("note", as_of=after(seconds))] == (
                [] if expected is None else [expected]
            )

    def test_the_last_beginning_counts_on_a_day(self, store: Store) -> None:
        for day, value in [(1, "old"), (20, "new"), (1, "old, corrected")]:
            store.put("note", "a", value, valid_from=date(2020, 1, day))

        def seen(day: date, as_of: datetime | None = None) -> Any:
            found = store.get("note", "a", on=day, as_of=as_of)
            assert list(store.find("note", on=day, as_of=as_of)) == ([found] if found else [])
            return None if found is None else found.data

        assert seen(date(2019, 12, 31)) is None
        assert seen(date(2020, 1, 1)) == seen(date(2020, 1, 19)) == "old, corrected"
        assert seen(date(2020, 1, 20)) == seen(date(2030, 1, 1)) == "new"
        assert seen(date(2020, 1, 19), after(2)) == "old"
        last = store.get("note", "a")
        assert last is not None
        assert last.data == "old, corrected"

    def test_find_gives_each_key_once_in_chain_order(self, store: Store) -> None:
        for key in ["c", "a", "b", "a", "c"]:
            store.put("note", key, key, valid_from=DAY)
        assert [(each.key, each.version) for each in store.find("note")] == [
            ("b", 1),
            ("a", 2),
            ("c", 2),
        ]

    def test_an_expected_version_that_is_not_there_is_a_conflict(self, store: Store) -> None:
        store.put("note", "a", 1, valid_from=DAY, expect=0)
        store.put("note", "a", 2, valid_from=DAY, expect=1)
        for wrong in (0, 1, 3):
            with pytest.raises(Conflict, match=f"at version 2, expected {wrong}"):
                store.put("note", "a", 3, valid_from=DAY, expect=wrong)
        with pytest.raises(Conflict, match="at version 0, expected 1"):
            store.put("note", "b", 3, valid_from=DAY, expect=1)
        assert [each.data for each in store.chain("note")] == [1, 2]

    def test_many_are_put_all_or_none(self, store: Store) -> None:
        many = [Draft(f"k{number % 700}", number, DAY) for number in range(1500)]
        put = store.put_many("note", many)
        assert [(each.key, each.data) for each in put] == [
            (each.key, each.payload) for each in many
        ]
        assert list(store.chain("note")) == put
        assert put[-1].version == 3
        with pytest.raises(Conflict):
            store.put_many("note", [*many, Draft("k0", 0, DAY, expect=0)])
        assert list(store.chain("note")) == put
        assert store.put_many("note", []) == []

    def test_a_transaction_is_kept_whole(self, store: Store) -> None:
        with store.transaction():
            first = store.put("note", "a", 1, valid_from=DAY)
            assert store.get("note", "a") == first
            second = store.put("note", "a", 2, valid_from=DAY, expect=1)
            store.put("other", "a", 1, valid_from=DAY)
        assert store.history("note", "a") == (first, second)
        assert store.kinds() == ("note", "other")

    def test_a_transaction_that_fails_leaves_nothing(self, store: Store) -> None:
        before = store.put("note", "a", 0, valid_from=DAY)

        def fails() -> None:
            with store.transaction():
                store.put("note", "a", 1, valid_from=DAY)
                store.put("note", "b", 1, valid_from=DAY)
                store.put("other", "a", 1, valid_from=DAY)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fails()
        assert list(store.chain("note")) == [before]
        assert store.kinds() == ("note",)
        assert store.get("note", "b") is None
        again = store.put("note", "a", 2, valid_from=DAY)
        assert (again.place, again.version) == (2, 2)
        assert store.verify_chain("note") == store.head("note")

    def test_a_refusal_inside_a_transaction_may_be_caught(self, store: Store) -> None:
        with store.transaction():
            store.put("note", "a", 1, valid_from=DAY)
            with pytest.raises(Conflict):
                store.put("note", "a", 2, valid_from=DAY, expect=0)
            store.put("note", "b", 3, valid_from=DAY)
        assert [each.data for each in store.chain("note")] == [1, 3]
        assert store.verify_chain("note") == store.head("note")

    def test_a_long_put_that_fails_leaves_nothing_in_its_transaction(self, store: Store) -> None:
        wrong = [*(Draft(f"k{number}", 0, DAY) for number in range(1200)), Draft("k0", 0, DAY, 0)]
        with store.transaction():
            with pytest.raises(Conflict):
                store.put_many("note", wrong)
            store.put("note", "a", 1, valid_from=DAY)
        assert [each.key for each in store.chain("note")] == ["a"]

    def test_a_transaction_in_which_the_medium_failed_is_broken(
        self, store: Store, failing: Failing
    ) -> None:
        before = store.put("note", "a", 0, valid_from=DAY)

        def goes_on() -> None:
            with store.transaction():
                store.put("note", "b", 1, valid_from=DAY)
                with failing(store), pytest.raises((StorageError, OSError)):
                    store.put("note", "c", LARGE, valid_from=DAY)
                for refused in (
                    lambda: store.put("note", "d", 1, valid_from=DAY),
                    lambda: store.put_many("other", [Draft("d", 1, DAY)]),
                    lambda: store.get("note", "a"),
                    lambda: list(store.chain("note")),
                    lambda: store.head("note"),
                ):
                    with pytest.raises(StorageError, match="broken"):
                        refused()

        with pytest.raises(StorageError, match="broken"):
            goes_on()
        self._goes_on_after(store, before)

    def test_a_broken_transaction_does_not_end_well(self, store: Store, failing: Failing) -> None:
        before = store.put("note", "a", 0, valid_from=DAY)

        def ends() -> None:
            with store.transaction():
                store.put("note", "b", 1, valid_from=DAY)
                with failing(store), pytest.raises((StorageError, OSError)):
                    store.put("note", "c", LARGE, valid_from=DAY)

        with pytest.raises(StorageError, match="broken"):
            ends()
        self._goes_on_after(store, before)

    def test_a_put_that_fails_leaves_nothing(self, store: Store, failing: Failing) -> None:
        before = store.put("note", "a", 0, valid_from=DAY)
        with failing(store), pytest.raises((StorageError, OSError)):
            store.put("note", "a", LARGE, valid_from=DAY)
        with failing(store), pytest.raises((StorageError, OSError)):
            store.put_many("note", [Draft(f"k{number}", LARGE, DAY) for number in range(3)])
        self._goes_on_after(store, before)

    @staticmethod
    def _goes_on_after(store: Store, before: Record) -> None:
        assert list(store.chain(before.kind)) == [before]
        assert store.kinds() == (before.kind,)
        again = store.put("note", "c", 2, valid_from=DAY)
        assert (again.place, again.version, again.previous) == (2, 1, before.hash)
        assert store.verify_chain("note") == store.head("note") == Head("note", 2, again.hash)

    def test_what_is_put_while_reading_is_not_read(self, store: Store) -> None:
        for number in range(3):
            store.put("note", f"k{number}", number, valid_from=DAY)
        chain, found = store.chain("note"), store.find("note")
        seen = []
        for record in chain:
            store.put("note", record.key, "new", valid_from=DAY)
            store.put("note", f"{record.key}+", "new", valid_from=DAY)
            seen.append(record.data)
        assert seen == [0, 1, 2]
        assert [each.data for each in found] == [0, 1, 2]
        with store.transaction():
            for record in store.find("note"):
                store.put("note", record.key, "newer", valid_from=DAY)
        assert {each.data for each in store.find("note")} == {"newer"}
        assert store.verify_chain("note").place == 15

    def test_a_payload_may_depend_on_the_version(self, store: Store) -> None:
        for _ in range(2):
            store.put("note", "a", lambda version: {"of": version}, valid_from=DAY)
        put = store.put_many("note", [Draft("a", lambda version: version, DAY)] * 2)
        assert [each.data for each in put] == [3, 4]
        assert [each.data for each in store.history("note", "a")] == [{"of": 1}, {"of": 2}, 3, 4]
        with pytest.raises(WrongType):
            store.put("note", "a", lambda version: 0.5, valid_from=DAY)
        assert store.head("note").place == 4

    def test_a_closed_store_says_so(self, store: Store) -> None:
        store.put("note", "a", 1, valid_from=DAY)
        chain = store.chain("note")
        store.close()
        store.close()
        for refused in (
            lambda: store.put("note", "a", 1, valid_from=DAY),
            lambda: store.get("note", "a"),
            lambda: list(store.find("note")),
            lambda: list(chain),
            lambda: store.history("note", "a"),
            store.kinds,
            lambda: store.head("note"),
            lambda: store.verify_chain("note"),
            lambda: store.take([]),
            store.transaction().__enter__,
        ):
            with pytest.raises(StorageError, match="closed"):
                refused()

    def test_a_store_closed_in_a_transaction_keeps_nothing_of_it(self, opener: Opener) -> None:
        store = opener(Ticking())

        def closes() -> None:
            with store.transaction():
                store.put("note", "a", 1, valid_from=DAY)
                store.close()

        with pytest.raises(StorageError, match="closed"):
            closes()
        if self.durable:
            again = opener(Ticking())
            assert again.kinds() == ()
            again.close()

    def test_another_thread_is_told_to_open_its_own(self, store: Store) -> None:
        store.put("note", "a", 1, valid_from=DAY)
        said: list[BaseException] = []

        def other() -> None:
            for call in (lambda: store.get("note", "a"), lambda: store.verify_chain("note")):
                try:
                    call()
                except StorageError as error:
                    said.append(error)

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert [str(each) for each in said] == [
            "the store was opened in another thread: open one in each"
        ] * 2
        assert store.verify_chain("note").place == 1

    def test_anchors_must_still_stand(self, store: Store) -> None:
        anchors = []
        for number in range(3):
            store.put("note", "a", number, valid_from=DAY)
            anchors.append(store.anchor("note", at=after(number)))
        store.put("other", "a", 1, valid_from=DAY)
        whole = store.anchor(at=after(9))
        assert whole.splitlines()[0] == (
            f"minzheng-anchor/1 note 3 {store.head('note').hash} 2020-07-24T00:00:09.000000Z"
        )
        assert [line.split()[1] for line in whole.splitlines()] == ["note", "other"]
        head = store.verify_chain("note", anchors=[*anchors, whole, whole + "\n"])
        assert head == store.head("note")
        assert store.verify_chain("other", anchors=[*anchors, whole]).place == 1
        gone = whole.replace("note 3", "note 4")
        forged = anchors[1].replace(store.history("note", "a")[1].hash, "f" * 64)
        for wrong in (gone, forged):
            with pytest.raises(Tampered, match="is not in the chain"):
                store.verify_chain("note", anchors=[*anchors, wrong])

    @pytest.mark.parametrize(
        "anchors",
        [
            [""],
            ["minzheng-anchor/1 note 1"],
            ["minzheng-anchor/2 note 0 " + "0" * 64 + " 2020-07-24T00:00:09.000000Z"],
            ["minzheng-anchor/1 other 0 " + "0" * 64 + " 2020-07-24T00:00:09.000000Z"],
            [7],
            "minzheng-anchor/1 note 0 " + "0" * 64 + " 2020-07-24T00:00:09.000000Z",
        ],
    )
    def test_anchors_that_check_nothing_are_refused(self, store: Store, anchors: Any) -> None:
        store.put("note", "a", 1, valid_from=DAY)
        with pytest.raises(InvalidInput, match="anchors"):
            store.verify_chain("note", anchors=anchors)

    def test_no_message_shows_a_number(self, store: Store) -> None:
        number = "13080219900101003X"
        record = store.put("note", f"elder/{number}", 1, valid_from=DAY)
        assert number not in repr(record)
        assert number not in repr(Draft(number, 1, DAY))
        with pytest.raises(Conflict) as conflict:
            store.put("note", f"elder/{number}", 1, valid_from=DAY, expect=0)
        with pytest.raises(Tampered) as tampered:
            store.take([evolve(record, payload="2")])
        for error in (conflict.value, tampered.value):
            assert "13080219900101" not in str(error)

    def test_transactions_do_not_nest(self, store: Store) -> None:
        with store.transaction():
            store.put("note", "a", 1, valid_from=DAY)
            with pytest.raises(InvalidInput, match="nest"), store.transaction():
                pass
            with pytest.raises(InvalidInput, match="nest"):
                store.take([])
        assert [each.data for each in store.chain("note")] == [1]

    def test_the_caller_may_say_the_moment(self, store: Store) -> None:
        east = timezone(timedelta(hours=8))
        moment = datetime(2020, 7, 24, 8, 30, 15, 123456, tzinfo=east)
        put = store.put("note", "a", 1, valid_from=DAY, recorded_at=moment)
        assert put.recorded_at == moment
        assert store.get("note", "a", as_of=moment) == put == store.history("note", "a")[0]
        assert store.get("note", "a", as_of=moment - timedelta(microseconds=1)) is None
        with pytest.raises(InvalidInput, match="before version 1"):
            store.put(
                "note", "a", 2, valid_from=DAY, recorded_at=moment - timedelta(microseconds=1)
            )
        assert store.put("note", "b", 2, valid_from=DAY, recorded_at=BEGIN).place == 2

    def test_a_clock_that_is_behind_never_turns_time_back(self, store: Store) -> None:
        ahead = after(1000)
        store.put("note", "a", 1, valid_from=DAY, recorded_at=ahead)
        assert store.put("note", "a", 2, valid_from=DAY).recorded_at == ahead
        assert store.put("note", "b", 3, valid_from=DAY).recorded_at < ahead

    @pytest.mark.parametrize(
        ("kind", "key", "payload"),
        [
            ("", "a", 1),
            ("Note", "a", 1),
            ("a note", "a", 1),
            ("n" * 64, "a", 1),
            ("note", "", 1),
            ("note", "a" * 256, 1),
            ("note", "a\x00", 1),
            ("note", "a\n", 1),
            ("note", "\ud800", 1),
            ("note", "a", {"x": [0.5]}),
            ("note", "a", {1: 2}),
            ("note", "a", {"x": "\udfff"}),
            ("note", "a", {"\udfff": 1}),
            ("note", "a", DAY),
        ],
    )
    def test_what_cannot_be_kept_is_refused(
        self, store: Store, kind: str, key: str, payload: object
    ) -> None:
        with pytest.raises((InvalidInput, WrongType)):
            store.put(kind, key, payload, valid_from=DAY)
        assert store.kinds() == ()

    def test_payloads_without_bounds_are_refused(self, store: Store) -> None:
        deep: list[Any] = []
        for _ in range(100_000):
            deep = [deep]
        round_: dict[str, Any] = {}
        round_["self"] = round_
        for payload in (deep, round_, 10**5000, {"a" * 100_000: 0.5}):
            with pytest.raises((InvalidInput, WrongType)) as caught:
                store.put("note", "a", payload, valid_from=DAY)
            assert len(str(caught.value)) < 300
        assert store.kinds() == ()

    def test_days_and_moments_are_of_their_types(self, store: Store) -> None:
        wrong_day: Any = BEGIN
        with pytest.raises(WrongType):
            store.put("note", "a", 1, valid_from=wrong_day)
        naive = BEGIN.replace(tzinfo=None)
        with pytest.raises(WrongType):
            store.put("note", "a", 1, valid_from=DAY, recorded_at=naive)
        with pytest.raises(WrongType):
            store.get("note", "a", as_of=naive)
        assert store.kinds() == ()

    def test_the_longest_names_are_kept(self, store: Store) -> None:
        kind, key = "k" * 63, "键" * 255
        assert store.put(kind, key, 1, valid_from=date.min) == store.get(kind, key)
        assert store.put(kind, key, 1, valid_from=date.max).version == 2

    def test_a_large_payload_is_kept(self, store: Store) -> None:
        text = "低保" * 500_000
        store.put("note", "a", text, valid_from=DAY)
        found = store.get("note", "a")
        assert found is not None
        assert found.data == text

    def test_a_noted_head_must_still_stand(self, store: Store) -> None:
        heads = [Head("note")]
        for number in range(3):
            store.put("note", "a", number, valid_from=DAY)
            heads.append(store.head("note"))
        for noted in heads:
            assert store.verify_chain("note", noted) == heads[-1]
        for gone in (Head("note", 4, "f" * 64), evolve(heads[2], hash="f" * 64)):
            with pytest.raises(Tampered, match="is not in the chain"):
                store.verify_chain("note", gone)

    def test_an_export_is_taken_in_by_another_store(self, store: Store) -> None:
        from minzheng.storage.memory import MemoryStore

        for kind, key in [("note", "a"), ("note", "b"), ("other", "a"), ("note", "a")]:
            store.put(kind, key, {"低保": f"\u2028{key}"}, valid_from=DAY)
        lines = list(export_lines(store))
        assert all("\n" not in line for line in lines)
        other = MemoryStore()
        assert import_lines(other, lines) == 4
        assert list(other.chain("note")) == list(store.chain("note"))
        assert import_lines(store, export_lines(other)) == 0
        other.put("note", "a", 1, valid_from=DAY, recorded_at=after(99))
        assert import_lines(store, export_lines(other, "note")) == 1
        assert list(other.chain("note")) == list(store.chain("note"))
        assert store.verify_chain("note") == other.verify_chain("note")

    def test_records_that_were_changed_or_do_not_follow_are_not_taken(self, store: Store) -> None:
        from minzheng.storage.memory import MemoryStore

        other = MemoryStore(Ticking())
        made = [other.put("note", "a", number, valid_from=DAY) for number in range(3)]
        changed: list[tuple[list[Record], type[Exception]]] = [
            ([made[0], evolve(made[1], payload="7")], Tampered),
            ([made[0], evolve(made[1], version=1)], Tampered),
            ([made[0], evolve(made[1], key="b")], Tampered),
            ([made[0], made[2]], Conflict),
            ([made[1]], Conflict),
        ]
        for records, error in changed:
            with pytest.raises(error):
                store.take(records)
            assert store.kinds() == ()
        store.put("note", "b", 1, valid_from=DAY)
        with pytest.raises(Conflict, match="another record"):
            store.take(made)
        assert store.take([]) == 0

    def test_records_outlive_the_object(self, opener: Opener) -> None:
        if not self.durable:
            pytest.skip("not durable")
        store = opener(Ticking())
        first = store.put("note", "a", 1, valid_from=DAY)
        store.close()
        again = opener(Ticking(after(100)))
        second = again.put("note", "a", 2, valid_from=DAY, expect=1)
        assert again.history("note", "a") == (first, second)
        assert again.verify_chain("note", Head("note", 1, first.hash)).place == 2
        again.close()

    def test_two_open_stores_see_and_respect_one_another(self, opener: Opener) -> None:
        if not self.durable:
            pytest.skip("not durable")
        one, two = opener(Ticking()), opener(Ticking(after(100)))
        for number in range(3):
            one.put("note", "a", number, valid_from=DAY)
            two.put("note", "b", number, valid_from=DAY)
        assert list(one.chain("note")) == list(two.chain("note"))
        assert one.verify_chain("note").place == 6
        one.put("note", "a", 3, valid_from=DAY, expect=3)
        with pytest.raises(Conflict):
            two.put("note", "a", 4, valid_from=DAY, expect=3)
        one.close()
        two.close()


KEYS = st.sampled_from(["a", "b", "c"])
KINDS = st.sampled_from(["note", "other"])
DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 5))
PAYLOADS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3)
    ),
    max_leaves=5,
)
DRAFTS = st.builds(Draft, KEYS, PAYLOADS, DAYS, st.none() | st.integers(0, 3))


def machine(opener: Callable[[], Opener]) -> type[RuleBasedStateMachine]:
    """A state machine that sets a store against plain lists.

    Args:
        opener: makes an opener of a new, empty store each time it is called.

    Returns:
        The class; its attribute ``TestCase`` is what pytest runs.
    """

    class Machine(RuleBasedStateMachine):
        store: Store

        @initialize()
        def begin(self) -> None:
            self.clock = Ticking()
            self.open = opener()
            self.store = self.open(self.clock)
            self.model: list[Record] = []

        def version(self, kind: str, key: str) -> int:
            return sum((each.kind, each.key) == (kind, key) for each in self.model)

        @rule(kind=KINDS, drafts=st.lists(DRAFTS, min_size=1, max_size=4), fails=st.booleans())
        def put(self, kind: str, drafts: list[Draft], fails: bool) -> None:
            versions = {key: self.version(kind, key) for key in "abc"}
            right = True
            for draft in drafts:
                right = right and draft.expect in (None, versions[draft.key])
                versions[draft.key] += 1
            made: list[Record] = []
            try:
                with self.store.transaction():
                    for draft in drafts:
                        made += self.store.put_many(kind, [draft])
                    if fails:
                        raise ZeroDivisionError
            except Conflict:
                assert not right
            except ZeroDivisionError:
                assert right
            else:
                assert right
                assert [each.data for each in made] == [each.payload for each in drafts]
                self.model += made

        @rule(kind=KINDS, key=KEYS, on=st.none() | DAYS, back=st.none() | st.integers(0, 9))
        def get(self, kind: str, key: str, on: date | None, back: int | None) -> None:
            as_of = None if back is None else self.clock.moment - timedelta(seconds=back)
            rows = [
                each
                for each in self.model
                if (each.kind, each.key) == (kind, key)
                and (on is None or each.valid_from <= on)
                and (as_of is None or each.recorded_at <= as_of)
            ]
            best = max(
                rows,
                key=lambda each: (date.min if on is None else each.valid_from, each.version),
                default=None,
            )
            assert self.store.get(kind, key, on=on, as_of=as_of) == best
            assert (best is None) == all(
                each.key != key for each in self.store.find(kind, on=on, as_of=as_of)
            )

        @invariant()
        def all_is_there(self) -> None:
            for kind in ("note", "other"):
                rows = [each for each in self.model if each.kind == kind]
                assert list(self.store.chain(kind)) == rows
                last = rows[-1] if rows else None
                head = Head(kind) if last is None else Head(kind, last.place, last.hash)
                assert self.store.verify_chain(kind) == head
            assert self.store.kinds() == tuple(sorted({each.kind for each in self.model}))

        def teardown(self) -> None:
            if hasattr(self, "store"):
                self.store.close()

    return Machine
