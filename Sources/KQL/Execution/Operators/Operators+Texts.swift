// `parse`, `parse-where`, `parse-kv` and `reduce`: what texts hold.

extension Operators {
    static func parsed(_ table: BoundTable, _ execution: Execution, _ enclosing: Frame?) throws(KQLFault) -> Frame {
        switch table.node {
        case .parse(let input, let parse):
            let rows = TextColumns(
                frame: try execution.run(input, enclosing), source: parse.source, targets: parse.targets,
                execution: execution)
            if parse.kind == .regex {
                let reader = try ParseExpression(parse)
                return try rows.filled(table.columns, by: reader, dropsOthers: parse.dropsOthers)
            }
            return try rows.filled(table.columns, by: ParsePattern(parse), dropsOthers: parse.dropsOthers)
        case .parseKeyValues(let input, let pairs):
            let rows = TextColumns(
                frame: try execution.run(input, enclosing), source: pairs.source,
                targets: pairs.columns.map { ($0.target, $0.type) }, execution: execution)
            return try rows.filled(table.columns, by: KeyValueReader(pairs), dropsOthers: false)
        case .reduce(let input, let value, let threshold, let characters):
            let frame = try execution.run(input, enclosing)
            let texts = DistinctTexts(try Evaluator(frame, execution).column(value))
            return ReducedTexts(texts, threshold: threshold, characters: characters).frame
        default: return Frame(count: 0, [])
        }
    }
}

extension BoundParse {
    /// Where the columns of the pattern stand in the result, in the pattern's order.
    var targets: [(index: Int, type: ScalarType)] {
        parts.compactMap { if case .column(let index, let type) = $0 { (index, type) } else { nil } }
    }
}
