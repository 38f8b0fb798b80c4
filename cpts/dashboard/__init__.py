"""The dashboard (tableau de bord): move a lever, watch a territory answer.

Pages live in one process and never simulate; worlds are lived by workers that may die without a page noticing.
"""
