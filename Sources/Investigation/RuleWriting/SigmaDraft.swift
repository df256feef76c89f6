/// A behaviour in Sigma's words: conditions on one event, and how many such events there must be.
struct SigmaDraft: Hashable, Sendable {
    /// A field and the values of which it must have one.
    struct Selection: Hashable, Sendable {
        let field: String
        let values: [String]

        init(_ field: String, _ values: [String]) {
            self.field = field
            self.values = values
        }
    }

    /// What is counted in a group.
    enum Count: Hashable, Sendable {
        case events
        /// Different values of a field.
        case values(of: String)
    }

    /// What of the events is counted, by which field, from how many on, in how many seconds.
    struct Correlation: Hashable, Sendable {
        let count: Count
        let group: String?
        let threshold: Int
        let window: Double
    }

    let selections: [Selection]
    /// `nil` where one event is enough.
    let correlation: Correlation?

    init(_ selections: [Selection]) {
        self.selections = selections
        correlation = nil
    }

    init(
        _ selections: [Selection], counting count: Count, by group: String?, atLeast threshold: Int,
        within window: Double
    ) {
        self.selections = selections
        correlation = Correlation(count: count, group: group, threshold: threshold, window: window)
    }
}

extension SigmaDraft {
    /// The rule as a file of Sigma, version 2: one document, or two where it counts. Ends in a newline.
    func yaml(of rule: WrittenRule) -> String {
        guard let correlation else { return event(rule, heading: Self.heading(rule), level: rule.sigmaLevel) }
        let base = "rule_" + rule.id.replacing("-", with: "_").prefix(8)
        let plain = event(
            rule, heading: ["title: \(Self.quoted(rule.title + ": one event"))", "name: \(base)"],
            level: "informational")
        return plain + "---\n"
            + (Self.heading(rule) + lines(of: correlation, base: base, rule)).joined(separator: "\n") + "\n"
    }

    /// What stands before a rule's log source.
    static func heading(_ rule: WrittenRule) -> [String] {
        var lines = [
            "title: \(quoted(rule.title))", "id: \(rule.id)", "status: experimental",
            "description: \(quoted(rule.explanation))", "author: Watchfloor",
        ]
        // A session file may hold anything in a technique's place.
        let techniques = rule.attack.filter { $0.wholeMatch(of: #/[Tt][0-9]{4}(\.[0-9]{3})?/#) != nil }
        if !techniques.isEmpty { lines += ["tags:"] + techniques.map { "    - attack.\($0.lowercased())" } }
        return lines
    }

    private func event(_ rule: WrittenRule, heading: [String], level: String) -> String {
        var lines = heading + ["logsource:", "    product: okta", "    service: okta", "detection:", "    selection:"]
        for selection in selections {
            lines.append("        \(Self.name(selection.field)):")
            lines += selection.values.map { "            - \(Self.quoted(Self.plain($0)))" }
        }
        return (lines + ["    condition: selection", "level: \(level)"]).joined(separator: "\n") + "\n"
    }

    private func lines(of correlation: Correlation, base: String, _ rule: WrittenRule) -> [String] {
        var type = "event_count", field: [String] = []
        if case .values(let counted) = correlation.count {
            (type, field) = ("value_count", ["        field: \(Self.name(counted))"])
        }
        let group = correlation.group.map { ["    group-by:", "        - \(Self.name($0))"] } ?? []
        return ["correlation:", "    type: \(type)", "    rules:", "        - \(base)"] + group
            + ["    timespan: \(RuleKQL.span(correlation.window))", "    condition:"]
            + field + ["        gte: \(correlation.threshold)", "level: \(rule.sigmaLevel)"]
    }

    /// A field's name: as it is where YAML and Sigma read it as one, else between quotes.
    static func name(_ field: String) -> String {
        field.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_.]*(\|[a-z]+)*/#) == nil ? quoted(field) : field
    }

    /// A text as YAML writes it between single quotes; line ends and what cannot be printed become spaces.
    static func quoted(_ text: String) -> String {
        let line = String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.breaksLines ? " " : $0 }))
        return "'" + line.replacing("'", with: "''") + "'"
    }

    /// A value without the meaning that Sigma gives to `*`, `?` and `\`.
    static func plain(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("*", with: "\\*").replacing("?", with: "\\?")
    }
}

extension Unicode.Scalar {
    /// Whether a reader of lines, or a terminal, may obey it.
    fileprivate var breaksLines: Bool {
        [.control, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
    }
}
