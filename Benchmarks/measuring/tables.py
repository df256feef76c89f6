"""Tables as aligned text or Markdown; the first column is words, the others are figures."""

from __future__ import annotations


def plain(headings: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(row[index]) for row in [headings, *rows]) for index in range(len(headings))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]).rstrip()
        for row in [headings, *rows]
    )


def markdown(headings: list[str], rows: list[list[str]]) -> str:
    rule = ["---"] + ["---:"] * (len(headings) - 1)
    return "\n".join(f"| {' | '.join(row)} |" for row in [headings, rule, *rows])


def table(headings: list[str], rows: list[list[str]], is_markdown: bool) -> str:
    return markdown(headings, rows) if is_markdown else plain(headings, rows)


def count(value: float) -> str:
    """Thousands apart by commas."""
    return f"{value:,.0f}"


def megabytes(bytes: float | None) -> str:
    """Millions of bytes; a dash for what is not known."""
    return "–" if bytes is None else f"{bytes / 1e6:,.0f}"


def seconds(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
