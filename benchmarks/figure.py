"""The scaling figure: seconds and bytes by people, with other programs as points."""

from __future__ import annotations

from math import log10

from benchmarks.growth import COUNTED

WIDTH, HEIGHT, LEFT, TOP, WIDE, HIGH = 880, 380, 60, 50, 320, 250
INK, SOFT, OURS, THEIRS = "#1d2733", "#5d6b7a", "#0b4f8a", "#b4530a"
Point = tuple[float, float, str]


def panel(left: float, title: str, points: list[Point], peers: list[Point], unit: str) -> list[str]:
    """One plot of two logarithmic scales; the line joins our own sizes."""
    every = points + peers
    low_x, high_x = 4.0, 8.0
    low_y = int(log10(min(y for _, y, _ in every)) - 0.5) - (1 if min(y for _, y, _ in every) < 1 else 0)
    high_y = int(log10(max(y for _, y, _ in every))) + 1

    def at(x: float, y: float) -> tuple[float, float]:
        across = left + WIDE * (log10(x) - low_x) / (high_x - low_x)
        return across, TOP + HIGH * (high_y - log10(y)) / (high_y - low_y)

    drawn = [f'<text x="{left}" y="{TOP - 18}" fill="{INK}" font-weight="600">{title}</text>']
    for power in range(low_y, high_y + 1):
        _, y = at(1e4, 10.0**power)
        drawn.append(f'<line x1="{left}" x2="{left + WIDE}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dde3e8"/>')
        drawn.append(
            f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end" fill="{SOFT}">{10.0**power:g}</text>'
        )
    for power in range(4, 9):
        x, _ = at(10.0**power, 10.0**low_y)
        drawn.append(below(x, 18, f"10{chr(0x2070 + power)}"))
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(x, y) for x, y, _ in points))
    drawn.append(f'<polyline points="{path}" fill="none" stroke="{OURS}" stroke-width="2"/>')
    for shown, colour in ((points, OURS), (peers, THEIRS)):
        for x, y, name in shown:
            across, down = at(x, y)
            drawn.append(f'<circle cx="{across:.1f}" cy="{down:.1f}" r="4" fill="{colour}"/>')
            drawn.append(f'<text x="{across + 8:.1f}" y="{down - 6:.1f}" fill="{colour}">{name}</text>')
    drawn.append(below(left + WIDE / 2, 38, f"people, {unit}"))
    return drawn


def below(x: float, down: int, text: str) -> str:
    """Write under a plot."""
    return f'<text x="{x:.1f}" y="{TOP + HIGH + down}" text-anchor="middle" fill="{SOFT}">{text}</text>'


def scaling(sizes: list[dict[str, float]], peers: list[Point]) -> str:
    """Draw both panels as SVG."""
    seconds = [(one["people"], one["day_s"] * 364, "") for one in sizes]
    memory = [(one["people"], one["peak_bytes"] / one["people"], "") for one in sizes]
    drawn = panel(LEFT, "Seconds of 364 days", seconds, peers, f"from {COUNTED} days measured")
    drawn += panel(LEFT + WIDE + 110, "Bytes a person, all in", memory, [], "the whole process")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="system-ui, sans-serif" font-size="12"><rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
        + "".join(drawn) + "</svg>\n"
    )  # fmt: skip
