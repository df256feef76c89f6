internal import Diagnostics

/// The built-in judge of rows: by signs in single rows and by what many rows show together, without a model.
///
/// Same rows, same findings. Linear in the rows' texts for each sign.
public struct RuleHuntAnalyst: Sendable {
    /// Rows that one finding cites at most.
    static let citedRows = 200

    /// The analyst; it has no settings.
    public init() {}

    /// What the rows of a hunt show, the surest first.
    ///
    /// - Parameter intent: Says what groups of a summary mean: a spray, a burst of failures.
    public func findings(_ rows: HuntRows, intent: HuntIntent? = nil) -> [HuntFinding] {
        let found =
            HuntSignature.all.flatMap { signed($0, rows) } + RowPatterns(rows: rows, intent: intent).findings
            + AlertRows(rows: rows).findings
        return found.enumerated().sorted { left, right in
            let (one, other) = (rank(left.element.confidence), rank(right.element.confidence))
            return one != other ? one > other : left.offset < right.offset
        }.map(\.element)
    }

    private func rank(_ confidence: HuntFinding.Confidence) -> Int {
        HuntFinding.Confidence.allCases.firstIndex(of: confidence) ?? 0
    }

    /// One finding for each machine or account on which a sign is seen.
    private func signed(_ signature: HuntSignature, _ rows: HuntRows) -> [HuntFinding] {
        var groups: [(subject: String, rows: [Int], evidence: String)] = []
        for row in 0..<rows.count {
            guard let evidence = signature.evidence(in: rows, row) else { continue }
            let subject = RowPatterns.subject(rows, row)
            if let index = groups.firstIndex(where: { $0.subject == subject }) {
                if groups[index].rows.count < Self.citedRows { groups[index].rows.append(row) }
            } else if groups.count < 50 {
                groups.append((subject, [row], evidence))
            }
        }
        return groups.map { group in
            let place = group.subject.isEmpty ? "" : " on or by \(group.subject)"
            let decoded = EncodedCommand.decoded(group.evidence).map { "; it decodes to: \($0)" }
            let count = group.rows.count
            return HuntFinding(
                title: signature.title + (group.subject.isEmpty ? "" : ": \(group.subject)"),
                description:
                    "\(count == 1 ? "One row shows" : "\(count) rows show") it\(place): "
                    // Nobody reads what is encoded where the plain text stands behind it.
                    + group.evidence.visible(limit: decoded == nil ? 300 : 80) + (decoded ?? ""),
                confidence: signature.confidence, attack: signature.attack, rows: group.rows,
                indicators: IndicatorReader.read(rows, group.rows), recommendation: signature.recommendation)
        }
    }
}
