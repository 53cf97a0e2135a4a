"""Small drawings as inline SVG: no script, no link, no text inside that would shrink on a phone.

Each stretches to the width it is given, so numbers and labels stand in the page around it. Colours
come from the page's style sheet by class.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from koe.report.safe import plain

__all__ = ["bar", "columns", "line", "spark"]

WIDTH, HEIGHT = 100.0, 40.0
LOW = 4


def bar(value: int, previous: int, most: int, title: str) -> Markup:
    """A horizontal bar of `value` out of `most`, above a thin one for the week before."""
    now, was = (WIDTH * count / max(most, 1) for count in (value, previous))
    above = f'<rect class="now" width="{now:.2f}" height="9"/>'
    below = f'<rect class="was" y="10" width="{was:.2f}" height="4"/>'
    return _svg(14, title, above + below, "bar")


def spark(values: Sequence[int | None], title: str) -> Markup:
    """One narrow column per week, the last one accented; an empty week keeps a foot, None has nothing.

    Counts of one or two stay low: the scale never ends below `LOW`.
    """
    most = max([*(n for n in values if n is not None), LOW])
    step = WIDTH / max(len(values), 1)
    last = len(values) - 1
    rects = (
        _column(n * step, step, HEIGHT * value / most, "now" if n == last else "then")
        for n, value in enumerate(values)
        if value is not None
    )
    return _svg(HEIGHT, title, "".join(rects), "spark")


def columns(pairs: Sequence[tuple[int, int]], title: str) -> Markup:
    """Stacked columns, one per week: the first of a pair below, the second on top."""
    most = max([*(a + b for a, b in pairs), 1])
    step = WIDTH / max(len(pairs), 1)
    parts: list[str] = []
    for n, (below, above) in enumerate(pairs):
        low = HEIGHT * below / most
        parts.append(_column(n * step, step, low, "one"))
        parts.append(_column(n * step, step, HEIGHT * above / most, "two", base=low))
    return _svg(HEIGHT, title, "".join(parts), "columns")


def line(values: Sequence[int | None], title: str) -> Markup:
    """A line over the weeks with a dot on the last one, broken at None; zero is the lower edge."""
    runs = _runs(values)
    if not runs:
        return Markup("")
    paths = [" ".join(f"{x:.2f} {y:.2f}" for x, y in run) for run in runs]
    area = "".join(
        f"M{run[0][0]:.2f} {HEIGHT:g}L{path}L{run[-1][0]:.2f} {HEIGHT:g}Z"
        for run, path in zip(runs, paths, strict=True)
    )
    last_x, last_y = runs[-1][-1]
    body = (
        f'<path class="area" d="{area}"/><path class="floor" d="M0 {HEIGHT:g}H{WIDTH:g}"/>'
        f'<path class="line" d="{"".join(f"M{path}" for path in paths)}"/>'
        f'<path class="dot" d="M{last_x:.2f} {last_y:.2f}h0"/>'
    )
    return _svg(HEIGHT, title, body, "trend")


def _runs(values: Sequence[int | None]) -> list[list[tuple[float, float]]]:
    """Middle of each week's column and the height of its value, with room for dot and stroke, up to a gap."""
    most = max([*(n for n in values if n is not None), LOW])
    step = WIDTH / max(len(values), 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for n, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(((n + 0.5) * step, HEIGHT - (HEIGHT - 6) * value / most))
    return [run for run in runs if run]


def _column(left: float, step: float, height: float, kind: str, base: float = 0.0) -> str:
    tall = max(height, 0.8 if base == 0 else 0.0)
    return (
        f'<rect class="{kind}" x="{left + step * 0.14:.2f}" y="{HEIGHT - base - tall:.2f}" '
        f'width="{step * 0.72:.2f}" height="{tall:.2f}"/>'
    )


def _svg(height: float, title: str, body: str, kind: str) -> Markup:
    return Markup(
        f'<svg class="{kind}" viewBox="0 0 {WIDTH:g} {height:g}" preserveAspectRatio="none" role="img">'
        f"<title>{escape(plain(title))}</title>{body}</svg>"
    )
