"""Columns in records: what is often read of one person is one line of the processor's cache."""

import numpy as np
import pytest

from simulation.build import empty_requests
from simulation.population import OFTEN_SCANNED, SELDOM_READ, first_row
from simulation.records import LINE, address_of, base_of, copied, in_records, record_of
from simulation.state import Patients


def patients(rows):
    return Patients(**in_records(rows, first_row(), apart=OFTEN_SCANNED, seldom=SELDOM_READ))


def test_what_is_often_read_of_a_person_is_one_line():
    often = {name: one for name, one in first_row().items() if name not in {*OFTEN_SCANNED, *SELDOM_READ}}
    assert record_of(often).itemsize == LINE


@pytest.mark.parametrize("rows", [1, 7, 50_000, 200_001])
def test_tables_and_their_copies_begin_where_a_line_does(rows):
    first = patients(rows)
    for each in (first, copied(first), copied(copied(first))):
        assert address_of(each.usual_gp) % LINE == 0
        assert address_of(each.seen_gps) % LINE == 0
    requests = empty_requests(rows)
    assert address_of(requests.patient) % LINE == 0
    assert requests.patient.strides == (LINE // 2,)


def test_every_row_begins_alike_and_apart_from_the_others():
    each = patients(1_000)
    for name, one in first_row().items():
        assert np.array_equal(getattr(each, name), np.repeat(one, 1_000, axis=0)), name
    each.age[3], each.seen_gps[3] = 40, 7
    assert each.age.sum() == 40
    assert (each.seen_gps == 7).sum() == 3


def test_a_copy_shares_no_memory_and_keeps_one_table():
    first = patients(1_000)
    second = copied(first)
    second.age[:] = 9
    assert not first.age.any()
    tables = {id(base_of(column)) for column in second}
    assert len(tables) == 3
