internal import Diagnostics
internal import Tables

extension RuleFormat {
    /// A Sigma correlation: a document with `correlation`.
    static let sigmaCorrelation = RuleFormat(
        recognises: { $0["correlation"] != nil },
        read: { document, context, details throws(Diagnostic) in
            let reader = CorrelationReader(
                section: document["correlation"] ?? document, document: document, context: context)
            let correlation = try reader.correlation()
            let paths =
                correlation.aliases.flatMap { $0.fields.map(\.path) }
                + (correlation.groupBy + [correlation.field].compactMap { $0 })
                .filter { name in !correlation.aliases.contains { $0.name == name } }.map { FieldPath($0) }
            return .rule(details.rule(.correlation(correlation), unknownFields: FieldPath.unknownNames(among: paths)))
        })
}

/// Reads the section `correlation` of a document.
private struct CorrelationReader {
    let section: YAMLNode
    let document: YAMLNode
    let context: RuleContext

    func correlation() throws(Diagnostic) -> Correlation {
        let kind = try kind(), rules = section["rules"]?.texts ?? []
        guard !rules.isEmpty else { throw fault("names no rules", "List their ids or names under `rules`", section) }
        return Correlation(
            kind: kind, rules: rules, groupBy: section["group-by"]?.texts ?? [], aliases: try aliases(),
            timespan: try timespan(), thresholds: try thresholds(kind, rules: rules.count), field: try field(kind),
            percentile: try percentile(kind), generates: try generates())
    }

    private func fault(_ reason: String, _ remedy: String, _ node: YAMLNode?) -> Diagnostic {
        context.fault("the correlation \(reason)", remedy: remedy, at: (node ?? section).mark)
    }

    private func kind() throws(Diagnostic) -> Correlation.Kind {
        let names = Correlation.Kind.allCases.map(\.rawValue)
        guard let node = section["type"], let text = node.text else {
            throw fault("has no type", "Use one of: \(names.joined(separator: ", "))", section)
        }
        guard let kind = Correlation.Kind(rawValue: text) else {
            throw fault("has the type `\(text.shown)`, which there is not", names.suggestion(for: text), node)
        }
        return kind
    }

    /// `90m`: a number and a letter. Months and years have the lengths that pySigma gives them.
    private func timespan() throws(Diagnostic) -> Int64 {
        let units: [Character: Int64] = [
            "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "M": 2_629_746, "y": 31_556_952,
        ]
        guard let node = section["timespan"], let text = node.text else {
            throw fault("has no timespan", "Write it like `timespan: 10m`", section)
        }
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
            (1...1_000_000).contains(count),
            text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") })
        else {
            throw fault(
                "has the timespan `\(text.shown)`", "Write a number and one of s, m, h, d, w, M, y, like `10m`", node)
        }
        return count * unit * Timestamp.ticksPerSecond
    }

    private func aliases() throws(Diagnostic) -> [Correlation.Alias] {
        guard let node = section["aliases"] else { return [] }
        guard let pairs = node.pairs else {
            throw fault("has aliases that are \(node.kind)", "Write `alias:` and under it `rule: field`", node)
        }
        var aliases: [Correlation.Alias] = []
        for pair in pairs {
            let fields = (pair.value.pairs ?? []).compactMap { own in own.value.text.map { (own.key, FieldPath($0)) } }
            guard !fields.isEmpty else {
                throw fault("has the alias `\(pair.key.shown)` for nothing", "Write `rule: field` under it", pair.value)
            }
            aliases.append(Correlation.Alias(name: pair.key, fields: fields))
        }
        return aliases
    }

    /// The specification puts `generate` beside `correlation`, pySigma into it.
    private func generates() throws(Diagnostic) -> Bool {
        guard let node = section["generate"] ?? document["generate"] else { return false }
        guard let generates = node.scalar?.bool else {
            throw fault("has `generate: \((node.text ?? "").shown)`", "Write `true` or `false`", node)
        }
        return generates
    }
}

// MARK: The condition

extension CorrelationReader {
    private static let operators = Comparison.allCases.map(\.rawValue) + ["neq"]

    private func thresholds(_ kind: Correlation.Kind, rules: Int) throws(Diagnostic) -> [Correlation.Threshold] {
        guard let node = section["condition"] else {
            guard kind.isTemporal else {
                throw fault("has no condition", "Write `condition:` and under it `gte: 10`", section)
            }
            return [Correlation.Threshold(comparison: .greaterOrEqual, number: Double(rules), isNegated: false)]
        }
        guard let pairs = node.pairs else {
            throw fault(
                "has a condition in words, which is not read", "Write an operator and a number, like `gte: 10`", node)
        }
        var thresholds: [Correlation.Threshold] = []
        for pair in pairs where !["field", "percentile"].contains(pair.key) { thresholds.append(try threshold(pair)) }
        guard !thresholds.isEmpty else {
            throw fault("compares with no number", "Write an operator, like `gte: 10`", node)
        }
        try check(thresholds, kind, rules: rules, node)
        return thresholds
    }

    private func threshold(_ pair: YAMLPair) throws(Diagnostic) -> Correlation.Threshold {
        let comparison = pair.key == "neq" ? .equal : Comparison(rawValue: pair.key)
        guard let comparison else {
            throw fault(
                "has `\(pair.key.shown)` in its condition", Self.operators.suggestion(for: pair.key), pair.value)
        }
        guard let number = pair.value.text.flatMap(DecimalNumber.parse) else {
            throw fault("compares with `\((pair.value.text ?? pair.value.kind).shown)`", "Write a number", pair.value)
        }
        return Correlation.Threshold(comparison: comparison, number: number, isNegated: pair.key == "neq")
    }

    /// An order means all rules; how many of them make an order, nobody has said.
    private func check(
        _ thresholds: [Correlation.Threshold], _ kind: Correlation.Kind, rules: Int, _ node: YAMLNode
    ) throws(Diagnostic) {
        let needsAll = thresholds.allSatisfy { threshold in
            !threshold.isNegated && threshold.comparison.holds(Double(rules), threshold.number)
                && !threshold.comparison.holds(Double(rules - 1), threshold.number)
        }
        guard kind != .temporalOrdered || needsAll else {
            throw fault("asks for fewer rules than it orders", "Leave the condition out, or use `temporal`", node)
        }
    }

    private func field(_ kind: Correlation.Kind) throws(Diagnostic) -> String? {
        let node = section["condition"]?["field"], names = node?.texts ?? []
        guard kind.hasField else {
            guard names.isEmpty else { throw fault("of type \(kind.rawValue) has a field", "Leave `field` out", node) }
            return nil
        }
        guard names.count == 1 else {
            throw fault(
                "of type \(kind.rawValue) needs one field", "Write `field:` under `condition:`",
                node ?? section["condition"])
        }
        return names[0]
    }

    private func percentile(_ kind: Correlation.Kind) throws(Diagnostic) -> Double {
        let node = section["condition"]?["percentile"]
        guard kind == .valuePercentile else {
            guard node == nil else {
                throw fault("of type \(kind.rawValue) has a percentile", "Leave `percentile` out", node)
            }
            return 50
        }
        guard let number = node?.text.flatMap(DecimalNumber.parse), (0...100).contains(number) else {
            throw fault(
                "needs a percentile from 0 to 100", "Write `percentile: 95` under `condition:`",
                node ?? section["condition"])
        }
        return number
    }
}
