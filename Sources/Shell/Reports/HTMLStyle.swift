/// How the page looks: readable from 400 pixels on, by day and night, and on paper. Severities are words, which colour
/// repeats.
enum HTMLStyle {
    static let sheet: StaticString = """

        :root { color-scheme: light dark; --ink: #1b2430; --quiet: #5a6675; --paper: #ffffff; --panel: #f5f7fa;
          --line: #d8dee6; --accent: #1f5fa8; --all: #9db4cf; --found: #b3261e;
          --critical: #7a0c2e; --high: #b3261e; --medium: #8a5a00; --low: #2c6e49; --on: #ffffff; --warn: #fff7e6; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6ebf2; --quiet: #a3b0c0; --paper: #12171e;
          --panel: #1a212b; --line: #313c4a; --accent: #8ab8f0; --all: #4d6685; --found: #ff8a7a;
          --critical: #ff9db8; --high: #ff8a7a; --medium: #f0c060; --low: #86d3a4; --on: #12171e; --warn: #2a2417; } }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 76rem; background: var(--paper);
          color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
          overflow-wrap: anywhere; }
        header { border-bottom: 3px solid var(--ink); margin-bottom: 1.5rem; padding-bottom: .75rem; }
        h1 { margin: .1rem 0 .5rem; font-size: 1.9rem; line-height: 1.2; }
        h2 { margin: 2.5rem 0 .75rem; font-size: 1.35rem;
          border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
        h3 { margin: 0 0 .75rem; font-size: 1.15rem; line-height: 1.35; }
        h4 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
        p { margin: .5rem 0; max-width: 75ch; }
        ul, ol { margin: .5rem 0; padding-left: 1.4rem; max-width: 85ch; }
        li { margin: .25rem 0; }
        a { color: var(--accent); }
        code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
          font-size: .86em; }
        pre { background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: .6rem .75rem;
          margin: .5rem 0; white-space: pre-wrap; line-height: 1.45; }
        dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr;
          gap: .3rem 1.25rem; margin: .75rem 0; }
        dt { color: var(--quiet); }
        dd { margin: 0; max-width: 85ch; }
        .tiles { margin: 0; }
        .tile, .badge, .label { display: inline-block; border-radius: 3px; white-space: nowrap; }
        .tile { padding: .15rem .7rem; color: var(--on); }
        .tile b { font-size: 1.15rem; }
        .tile.none { background: var(--panel); color: var(--ink); border: 1px solid var(--line); }
        .unit { color: var(--quiet); }
        .badge { padding: 0 .5rem; color: var(--on); font-weight: 600; font-size: .86rem; }
        .critical.tile, .critical.badge { background: var(--critical); }
        .high.tile, .high.badge { background: var(--high); }
        .medium.tile, .medium.badge { background: var(--medium); }
        .low.tile, .low.badge { background: var(--low); }
        .label { padding: 0 .45rem; border: 1px solid var(--line); font-size: .86rem; }
        .quiet, .more { color: var(--quiet); }
        .card { border: 1px solid var(--line); border-left: 6px solid var(--line); border-radius: 4px;
          padding: 1rem 1.25rem; margin: 1rem 0; }
        .card.critical { border-left-color: var(--critical); } .card.high { border-left-color: var(--high); }
        .card.medium { border-left-color: var(--medium); } .card.low { border-left-color: var(--low); }
        .caution { background: var(--warn); border: 1px solid var(--medium); border-radius: 4px;
          padding: .75rem 1.25rem; margin: 1rem 0; }
        .caution h3 { font-size: 1rem; margin: 0; }
        .scroll { overflow-x: auto; margin: .5rem 0; }
        .scroll:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        table { border-collapse: collapse; width: 100%; font-size: .92rem; }
        caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        th { text-align: left; color: var(--quiet); font-weight: 600; white-space: nowrap; }
        th, td { padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top;
          unicode-bidi: isolate; }
        td { min-width: 4.5rem; overflow-wrap: break-word; }
        td code { display: inline-block; max-width: 40rem; overflow-wrap: break-word; }
        .number { text-align: right; min-width: 0; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .brief { white-space: nowrap; }
        .todo { list-style: none; padding-left: 0; }
        .todo li { padding-left: 1.7rem; text-indent: -1.7rem; margin: .5rem 0; }
        .todo li > * { text-indent: 0; }
        .box { display: inline-block; width: 1.7rem; }
        figure { margin: 1rem 0; }
        figcaption { font-weight: 600; margin-bottom: .35rem; }
        svg { display: block; width: 100%; height: auto; }
        svg.columns { min-width: 40rem; max-width: 60rem; } svg.bars { max-width: 34rem; }
        svg text { font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--ink); }
        svg .all, .swatch.all { fill: var(--all); background: var(--all); }
        svg .found, .swatch.found { fill: var(--found); background: var(--found); }
        svg .line { fill: var(--line); }
        .swatch { display: inline-block; width: .8rem; height: .8rem; }
        .key { font-size: .9rem; color: var(--quiet); }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 0 2rem; }
        details { font-size: .92rem; } summary { color: var(--quiet); cursor: pointer; }
        details table { width: auto; }
        @media (max-width: 36rem) { body { padding: 1rem .9rem 3rem; } h1 { font-size: 1.5rem; }
          dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } .card { padding: .75rem .9rem; }
          table { min-width: 46rem; } details table { min-width: 0; } }
        @media print { :root { --ink: #000; --quiet: #444; --paper: #fff; --panel: #fff; --line: #bbb; --accent: #000;
          --all: #9db4cf; --found: #b3261e; --critical: #7a0c2e; --high: #b3261e; --medium: #8a5a00; --low: #2c6e49;
          --on: #fff; --warn: #fff; }
          @page { margin: 16mm 14mm; }
          html { font-size: 9.5pt; } body { padding: 0; max-width: none; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          h1, h2, h3, h4 { break-after: avoid; } tr, figure, .caution, pre, .todo li { break-inside: avoid; }
          p:has(+ pre) { break-after: avoid; }
          td code { max-width: 20rem; } thead { display: table-header-group; }
          .scroll { overflow: visible; } svg.columns { min-width: 0; }
          .card { border-width: 0 0 0 4px; padding: 0 0 0 .8rem; } p, ul, ol, dd { max-width: none; }
          details::details-content { content-visibility: visible; } a { text-decoration: none; } }

        """
}
