"""Asking memory ahead (lecture anticipée): who will be served in some turns is brought near while others are served.

People phone in an order that no memory follows: without this, each caller of a large territory waits for memory a
dozen times, one wait after another. Nothing is read or written, so that no result can depend on it.
"""

from typing import Any

from llvmlite import ir
from numba import config, types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

TURNS = 8
"""How many turns ahead each step of the way to somebody's columns is taken."""


def _bring(_context: Any, column: Any, place: Any) -> Any:
    """Type and compile `bring`: the address of a cell is told to the processor."""

    def told(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        """Write the instruction that brings the line of a cell nearer; it can neither fail nor change anything."""
        kind = signature.args[0]
        array = make_array(kind)(context, builder, given[0])
        zero = context.get_constant(types.intp, 0)
        cell = cgutils.get_item_pointer(
            context, builder, kind, array, [given[1], *[zero] * (kind.ndim - 1)], wraparound=False
        )
        address = builder.bitcast(cell, cgutils.voidptr_t)
        number = ir.IntType(32)
        words = [address.type, number, number, number]
        prefetch = builder.module.declare_intrinsic(
            "llvm.prefetch", [address.type], ir.FunctionType(ir.VoidType(), words)
        )
        for_reading, kept_near, data = number(0), number(3), number(1)
        builder.call(prefetch, [address, for_reading, kept_near, data])
        return context.get_dummy_value()

    return types.void(column, types.intp), told


def _left(_column: Any, _place: Any) -> None:
    """Do nothing, when nothing is compiled."""


bring = _left if config.DISABLE_JIT else intrinsic(_bring)  # type: ignore[attr-defined]
"""`bring(column, place)` asks memory for the cell of a column, whatever its spread; it gives nothing."""
