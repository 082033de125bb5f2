"""Draws docs/training-curve.svg from docs/training-curve.json: figures over the hours that a model was trained.

python3 pretrain/training_curve.py

Rows are those of validate.py, without mel corrections, with `hours` of both cores since the refinements were added.
"""

import json
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 56, 150, 20, 44
CURVES = {"pesq_wb": ("PESQ-WB", "#b4430f"), "distillmos": ("DistillMOS", "#2f6fbf")}


def draw(rows: list[dict], control: dict) -> str:
    hours = max(row["hours"] for row in rows) * 1.05
    values = [row[name] for row in rows for name in CURVES] + [control[name] for name in CURVES]
    low, high = min(values) - 0.1, max(values) + 0.1

    def place(hour: float, value: float) -> tuple[float, float]:
        x = LEFT + hour / hours * (WIDTH - LEFT - RIGHT)
        return round(x, 1), round(TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM), 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        'font-family="sans-serif" font-size="12">',
        "<title>PESQ-WB and DistillMOS over hours of training, beside the control without a network</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for tick in range(int(low * 4) + 1, int(high * 4) + 1):
        x, y = place(0, tick / 4)
        parts.append(f'<path d="M{x} {y}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{x - 8}" y="{y + 4}" text-anchor="end" fill="#555">{tick / 4:.2f}</text>')
    for tick in range(int(hours) + 1):
        x, y = place(tick, low)
        parts.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle" fill="#555">{tick}</text>')
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 8}" fill="#555">hours of two cores</text>')
    lowest_label = 0.0
    for name, (label, colour) in sorted(CURVES.items(), key=lambda curve: -rows[-1][curve[0]]):
        points = [place(row["hours"], row[name]) for row in rows]
        line = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        lowest_label = max(y + 4, lowest_label + 14)
        parts.append(f'<text x="{x + 10}" y="{lowest_label}" fill="{colour}">{label} {rows[-1][name]:.2f}</text>')
        x, y = place(0, control[name])
        parts.append(f'<path d="M{x} {y}H{WIDTH - RIGHT}" stroke="{colour}" stroke-dasharray="4 4"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 6}" y="{y + 4}" fill="{colour}">no network {control[name]:.2f}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    curve = json.loads((DOCS / "training-curve.json").read_text())
    (DOCS / "training-curve.svg").write_text(draw(curve["rows"], curve["control"]))


if __name__ == "__main__":
    main()
