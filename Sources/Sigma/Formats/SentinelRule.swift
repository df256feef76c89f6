internal import Diagnostics

extension RuleFormat {
    /// A scheduled or near-real-time rule of Microsoft Sentinel, in the layout of Azure/Azure-Sentinel.
    static let sentinelRule = RuleFormat(
        recognises: { document in
            ["query", "queryFrequency", "queryPeriod", "triggerOperator"].contains { document[$0] != nil }
                || ["scheduled", "nrt"].contains { $0 == document["kind"]?.text?.lowercased() }
        },
        read: { document, context, details throws(Diagnostic) in
            try SentinelReader(document: document, context: context).reading(details)
        })
}

/// Reads the document of a rule.
private struct SentinelReader {
    let document: YAMLNode
    let context: RuleContext

    func reading(_ details: RuleDetails) throws(Diagnostic) -> RuleReading {
        let details = try own(details)
        guard let isContinuous = try isContinuous() else {
            return .skipped(
                details,
                Diagnostic(
                    "`\(details.title.shown)` is a query for hunting, which no schedule runs",
                    remedy: "Give it `kind`, `queryFrequency`, `queryPeriod`, `triggerOperator` and `triggerThreshold`",
                    at: details.place))
        }
        let query = try query(), (frequency, period) = try isContinuous ? Self.continuous : times()
        let rule = QueryRule(
            rule: details.rule(.query, unknownFields: []), query: query.text, period: period,
            frequency: frequency, isContinuous: isContinuous, trigger: try trigger(isContinuous: isContinuous),
            tactics: document["tactics"]?.texts ?? [], sources: sources, entities: entities, start: query.start)
        guard rule.trigger.needsRows else {
            return .skipped(
                details,
                Diagnostic(
                    "`\(details.title.shown)` fires when its query finds nothing, of which no event tells",
                    remedy: "Leave it out, or let `triggerOperator` be `gt`", at: details.place))
        }
        return .query(rule)
    }

    private func fault(_ problem: String, _ remedy: String, _ node: YAMLNode?) -> Diagnostic {
        context.fault(problem, remedy: remedy, at: (node ?? document).mark)
    }

    /// Whether it is near-real-time; `nil` for a query that no rule runs. `kind` came later than the rest.
    private func isContinuous() throws(Diagnostic) -> Bool? {
        guard let node = document["kind"], let text = node.text else {
            let keys = ["queryFrequency", "queryPeriod", "triggerOperator", "triggerThreshold"]
            return keys.contains { document[$0] != nil } ? false : nil
        }
        switch text.lowercased() {
        case "scheduled": return false
        case "nrt": return true
        default:
            throw fault("the rule is of the kind `\(text.shown)`", ["Scheduled", "NRT"].suggestion(for: text), node)
        }
    }

    /// What the author says, under the names that Sentinel has for it.
    private func own(_ details: RuleDetails) throws(Diagnostic) -> RuleDetails {
        var details = details
        details.title = document["name"]?.text ?? details.title
        details.level = try RuleDetails.level(document["severity"], context)
        // The published texts stand in quotation marks inside a block, where YAML keeps them.
        let text = details.description
        let mark = UInt8(ascii: "'")
        if text.utf8.count > 1, text.utf8.first == mark, text.utf8.last == mark {
            details.description = String(text.dropFirst().dropLast())
        }
        let techniques = ["relevantTechniques", "subTechniques"].flatMap { document[$0]?.texts ?? [] }
        details.attack = Attack.techniques(in: techniques)
        return details
    }

    private func query() throws(Diagnostic) -> (text: String, start: QueryStart) {
        guard let node = document["query"] else {
            throw fault("the rule has no query", "Write it under `query: |`", document)
        }
        guard let text = node.text, let scalar = node.scalar, !text.allSatisfy(\.isWhitespace) else {
            let kind = node.text == nil ? node.kind : "empty"
            throw fault("the rule's query is \(kind)", "Write KQL under `query: |`", node)
        }
        return (text, QueryStart(line: node.mark.line, isLiteral: scalar.isLiteral))
    }

    private var sources: [String] {
        (document["requiredDataConnectors"]?.elements ?? []).flatMap { connector in
            [connector["connectorId"]?.text].compactMap { $0 } + (connector["dataTypes"]?.texts ?? [])
        }
    }

    private var entities: [QueryRule.Entity] {
        (document["entityMappings"]?.elements ?? []).compactMap { entity in
            guard let type = entity["entityType"]?.text else { return nil }
            let fields = (entity["fieldMappings"]?.elements ?? []).compactMap { field -> QueryRule.Entity.Field? in
                guard let identifier = field["identifier"]?.text, let column = field["columnName"]?.text else {
                    return nil
                }
                return QueryRule.Entity.Field(identifier: identifier, column: column)
            }
            return fields.isEmpty ? nil : QueryRule.Entity(type: type, fields: fields)
        }
    }
}

// MARK: When it runs, and what makes an alert

extension SentinelReader {
    /// The service runs these on what came in since; here a run is of five minutes.
    private static let continuous = (frequency: 300, period: 300)

    private func times() throws(Diagnostic) -> (frequency: Int, period: Int) {
        let frequency = try seconds("queryFrequency"), period = try seconds("queryPeriod")
        guard period >= frequency else {
            throw fault(
                "the rule looks back for less time than lies between its runs, and would miss events",
                "Let `queryPeriod` be as long as `queryFrequency` or longer", document["queryPeriod"])
        }
        return (frequency, period)
    }

    /// The service's own bounds are five minutes and fourteen days, for both.
    private func seconds(_ key: String) throws(Diagnostic) -> Int {
        guard let node = document[key] else {
            throw fault("the rule has no `\(key)`", "Write it like `\(key): 1h`", document)
        }
        let text = node.text ?? node.kind
        guard let seconds = WrittenSpan(text)?.seconds else {
            throw fault("`\(text.shown)` is no span of time", "Write it like `1h`, `14d` or `PT1H`", node)
        }
        guard (300...14 * 86_400).contains(seconds) else {
            throw fault(
                "`\(key)` is `\(text.shown)`, and Sentinel has five minutes to fourteen days",
                "Write a span from `5m` to `14d`", node)
        }
        return seconds
    }

    private func trigger(isContinuous: Bool) throws(Diagnostic) -> QueryRule.Trigger {
        let nodes = (comparison: document["triggerOperator"], threshold: document["triggerThreshold"])
        if isContinuous, nodes.comparison == nil, nodes.threshold == nil {
            return QueryRule.Trigger(comparison: .greater, threshold: 0)
        }
        guard let operation = nodes.comparison, let threshold = nodes.threshold else {
            throw fault(
                "the rule does not say how many rows make an alert",
                "Write `triggerOperator: gt` and `triggerThreshold: 0`", nodes.comparison ?? nodes.threshold)
        }
        let name = operation.text ?? operation.kind
        let named = Self.comparisons.first { $0.names.contains(name.lowercased()) }
        guard let comparison = named?.comparison else {
            throw fault("`\(name.shown)` is no comparison", ["gt", "lt", "eq", "ne"].suggestion(for: name), operation)
        }
        let number = threshold.text ?? threshold.kind
        guard let count = Int(number), count >= 0, !number.hasPrefix("+") else {
            throw fault("`\(number.shown)` is no number of rows", "Write a whole number, like `0`", threshold)
        }
        return QueryRule.Trigger(comparison: comparison, threshold: count)
    }

    /// The repository's words, and those of the service.
    private static let comparisons: [(names: [String], comparison: QueryRule.Trigger.Comparison)] = [
        (["gt", "greaterthan"], .greater), (["lt", "lessthan"], .less), (["eq", "equal"], .equal),
        (["ne", "notequal"], .notEqual),
    ]
}
