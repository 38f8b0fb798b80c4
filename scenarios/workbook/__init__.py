"""The coordinator's workbook (classeur) holds what a CPTS knows of itself, without a single name of a person."""

from scenarios.workbook.building import NothingWritten, apply
from scenarios.workbook.faults import CellFault
from scenarios.workbook.places import Gazetteer
from scenarios.workbook.reading import Reading, communes_written, read_workbook
from scenarios.workbook.returned import corrected_copy
from scenarios.workbook.template import write_template
from scenarios.workbook.workbook import Workbook

__all__ = [
    "CellFault",
    "Gazetteer",
    "NothingWritten",
    "Reading",
    "Workbook",
    "apply",
    "communes_written",
    "corrected_copy",
    "read_workbook",
    "write_template",
]
