"""One handle on all columns (poignée): kernels pass an address instead of a thousand values.

A NamedTuple of arrays is taken apart at each call: with the whole state the compiler needs minutes instead of
seconds. A handle is the address of a small table that says where each column lies; nothing is copied, and no
reference is counted in compiled code, for the handle keeps its columns alive.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import NativeValue, lower_getattr_generic, models, register_model, typeof_impl, unbox
from numba.np.arrayobj import populate_array
from numba.np.numpy_support import from_dtype


class Table(types.Type):
    """The type of a handle: which columns it has, and where the table says where each lies."""

    def __init__(self, fields: tuple[tuple[str, types.Type], ...]) -> None:
        self.fields = fields
        self.place: dict[str, tuple[int, types.Type]] = {}
        slot = 0
        for name, kind in fields:
            self.place[name] = (slot, kind)
            slot += words_of(kind)
        super().__init__(name=f"Table({', '.join(f'{name}: {kind}' for name, kind in fields)})")


def words_of(kind: types.Type) -> int:
    """Count the words of a column in the table: where it lies, how long and, unless it lies alone, how spread."""
    if not isinstance(kind, types.Array):
        return 1
    return int(1 + kind.ndim * (1 if kind.layout == "C" else 2))


class Plain:
    """A column whose cells are Python's whole numbers, which do not wrap, as in compiled code."""

    def __init__(self, array: Any) -> None:
        self.array, self.shape = array, array.shape

    def __getitem__(self, place: Any) -> Any:
        value = self.array[place]
        return Plain(value) if isinstance(value, np.ndarray) else value.item()

    def __setitem__(self, place: Any, value: Any) -> None:
        self.array[place] = value


class Handle:
    """What Python holds of a handle: the columns themselves and the table that tells where they lie."""

    def __init__(self, columns: Any) -> None:
        self.columns = columns
        kept = {name: _kept(value) for name, value in zip(columns._fields, columns, strict=True)}
        self.kept = tuple(kept.values())
        self.table = np.array([word for value in self.kept for word in _words(value)], dtype=np.int64)
        self.address = self.table.ctypes.data
        kind = _table(tuple((name, _kind(value)) for name, value in kept.items()))
        self._numba_type_ = kind
        self.turning = [
            (nth, slot)
            for nth, (slot, of_column) in enumerate(kind.place.values())
            if isinstance(of_column, types.Integer)
        ]

    def turn(self, columns: Any) -> None:
        """Hold the next of the same kind: its whole numbers may differ, its arrays are the same."""
        self.columns, kept = columns, list(self.kept)
        for nth, place in self.turning:
            self.table[place] = kept[nth] = columns[nth]
        self.kept = tuple(kept)

    def __reduce__(self) -> Any:
        """Copy by taking the copied columns in hand: an address is worth nothing elsewhere."""
        return hold, (self.columns,)

    def __getattr__(self, name: str) -> Any:
        """Read a column as compiled code does, for when nothing is compiled."""
        columns = object.__getattribute__(self, "columns")
        if name not in columns._fields:
            raise AttributeError(name)
        value = object.__getattribute__(self, "kept")[columns._fields.index(name)]
        return Plain(value) if isinstance(value, np.ndarray) else value


def hold(columns: Any) -> Handle:
    """Take a NamedTuple of arrays, whole numbers and further NamedTuples in hand."""
    return Handle(columns)


def _kept(value: Any) -> Any:
    return Handle(value) if isinstance(value, tuple) else value


def _words(value: Any) -> Iterator[int]:
    if isinstance(value, Handle):
        yield value.address
    elif isinstance(value, np.ndarray):
        yield value.ctypes.data
        yield from value.shape
        if not value.flags.c_contiguous:
            yield from value.strides
    else:
        yield int(value)


def _kind(value: Any) -> types.Type:
    if isinstance(value, Handle):
        return value._numba_type_
    if isinstance(value, np.ndarray):
        return _array(value.dtype, value.ndim, value.flags.c_contiguous)
    return types.int64


@cache
def _array(dtype: np.dtype[Any], dimensions: int, is_dense: bool) -> types.Type:
    return types.Array(from_dtype(dtype), dimensions, "C" if is_dense else "A")


@cache
def _table(fields: tuple[tuple[str, types.Type], ...]) -> Table:
    return Table(fields)


@typeof_impl.register(Handle)
def _type_of(value: Handle, _context: Any) -> Table:
    return value._numba_type_


@register_model(Table)
class TableModel(models.OpaqueModel):
    """In compiled code a handle is a bare address."""


@unbox(Table)
def _unbox(_kind: Table, value: Any, context: Any) -> NativeValue:
    number = context.pyapi.object_getattr_string(value, "address")
    address = context.pyapi.long_as_longlong(number)
    context.pyapi.decref(number)
    return NativeValue(context.builder.inttoptr(address, cgutils.voidptr_t))


@infer_getattr
class TableAttributes(AttributeTemplate):
    """A handle has its columns for attributes."""

    key = Table

    def generic_resolve(self, table: Table, name: str) -> Any:  # type: ignore[override]
        """Give the type of a column, nothing for a name that is none."""
        return table.place[name][1] if name in table.place else None


@lower_getattr_generic(Table)
def _read(context: Any, builder: Any, table: Table, address: Any, name: str) -> Any:
    """Load a column from the table; tables never change, so that the compiler may load once."""
    slot, kind = table.place[name]
    word = ir.IntType(64)
    start = builder.bitcast(address, word.as_pointer())

    def load(place: int) -> Any:
        loaded = builder.load(builder.gep(start, [ir.Constant(word, place)]))
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded

    if isinstance(kind, Table):
        return builder.inttoptr(load(slot), cgutils.voidptr_t)
    if not isinstance(kind, types.Array):
        return load(slot)
    array = context.make_array(kind)(context, builder)
    itemsize = context.get_constant(types.intp, kind.dtype.bitwidth // 8)
    shape = [load(slot + 1 + axis) for axis in range(kind.ndim)]
    strides = (
        [load(slot + 1 + kind.ndim + axis) for axis in range(kind.ndim)] if kind.layout == "A" else [itemsize]
    )
    for length in reversed(shape[1:]) if kind.layout == "C" else ():
        strides.insert(0, builder.mul(strides[0], length))
    data = builder.inttoptr(load(slot), array.data.type)
    populate_array(array, data=data, shape=shape, strides=strides, itemsize=itemsize, meminfo=None)
    return array._getvalue()
