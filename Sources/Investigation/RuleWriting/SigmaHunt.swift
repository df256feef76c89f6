internal import Hunting
internal import KQL

/// A hunt's conditions as a Sigma rule of one event, where Sigma says the same of the same events: plain conditions
/// over one table whose columns Sigma's taxonomy has names for.
struct SigmaHunt: Hashable, Sendable {
    private let source: SigmaSource
    private let conditions: [QueryCondition]

    /// `nil` where it cannot be said exactly.
    init?(_ rule: HuntRule) {
        guard rule.general.isPlain, rule.general.tables.count == 1,
            let source = SigmaSource.of(rule.general.tables[0])
        else { return nil }
        self.source = source
        conditions = rule.general.conditions + rule.general.exclusions
        var writer = SigmaWriter(source: source)
        guard conditions.allSatisfy({ writer.term($0) != nil }) else { return nil }
    }

    func yaml(of rule: WrittenRule) -> String? {
        var writer = SigmaWriter(source: source)
        let terms = conditions.compactMap { writer.term($0) }
        guard terms.count == conditions.count, !terms.isEmpty else { return nil }
        let lines = SigmaDraft.heading(rule) + ["logsource:"] + source.lines + ["detection:"] + writer.lines
            + ["    condition: " + terms.joined(separator: " and "), "level: \(rule.sigmaLevel)"]
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Where Sigma's rules look for the rows of a table, and what its taxonomy calls the columns (SigmaHQ, taxonomy
/// appendix; SigmaHQ/pySigma-backend-microsoft365defender maps them the other way).
private struct SigmaSource: Hashable, Sendable {
    let lines: [String]
    /// `Image` where the column is the file's name alone, and Sigma's field the path that ends in it.
    let files: [String: String]
    let fields: [String: String]

    static func of(_ table: String) -> SigmaSource? {
        table == "OktaSystemLog" ? okta : tables[table]
    }

    private static let okta = SigmaSource(
        lines: ["    product: okta", "    service: okta"], files: [:],
        fields: [
            "eventType": "eventType", "legacyEventType": "legacyEventType", "displayMessage": "displayMessage",
            "severity": "severity", "outcome_result": "outcome.result", "outcome_reason": "outcome.reason",
            "actor_type": "actor.type", "client_zone": "client.zone", "client_device": "client.device",
            "client_geographicalContext_country": "client.geographicalContext.country",
            "client_geographicalContext_city": "client.geographicalContext.city",
            "client_userAgent_rawUserAgent": "client.userAgent.rawUserAgent",
            "securityContext_isProxy": "securityContext.isProxy", "securityContext_domain": "securityContext.domain",
        ])

    private static func windows(
        _ category: String, files: [String: String] = [:], _ fields: [String: String]
    ) -> SigmaSource {
        let parent = ["InitiatingProcessFileName": category == "process_creation" ? "ParentImage" : "Image"]
        return SigmaSource(
            lines: ["    category: \(category)", "    product: windows"], files: parent.merging(files) { $1 },
            fields: fields)
    }

    private static let tables = [
        "DeviceProcessEvents": windows(
            "process_creation", files: ["FileName": "Image"],
            ["ProcessCommandLine": "CommandLine", "InitiatingProcessCommandLine": "ParentCommandLine"]),
        "DeviceNetworkEvents": windows(
            "network_connection",
            ["RemoteIP": "DestinationIp", "RemotePort": "DestinationPort", "LocalPort": "SourcePort"]),
    ]
}

/// Writes conditions as selections, and their combination.
private struct SigmaWriter {
    let source: SigmaSource
    private(set) var lines: [String] = []
    private var count = 0

    init(source: SigmaSource) { self.source = source }

    /// The condition over selections that are added to ``lines``; `nil` where Sigma has no such test.
    mutating func term(_ condition: QueryCondition) -> String? {
        switch condition {
        case .test(let test): return selection(test)
        case .all(let parts): return joined(parts, " and ")
        case .any(let parts): return joined(parts, " or ")
        case .not(let part): return term(part).map { "not \($0)" }
        case .other: return nil
        }
    }

    private mutating func joined(_ parts: [QueryCondition], _ word: String) -> String? {
        var terms: [String] = []
        for part in parts {
            guard let term = term(part) else { return nil }
            terms.append(term)
        }
        return "(" + terms.joined(separator: word) + ")"
    }

    private mutating func selection(_ test: QueryTest) -> String? {
        let isNegated = test.operation.hasPrefix("!")
        guard let (modifiers, isCased) = Self.modifiers[isNegated ? String(test.operation.dropFirst()) : test.operation]
        else { return nil }
        let texts = test.values.map(Self.text)
        var item: (field: String, values: [String])?
        if let image = source.files[test.column] {
            // The path is Windows' own, so only there the name is told from what ends like it.
            let isProgram = texts.allSatisfy { $0.lowercased().hasSuffix(".exe") }
            guard modifiers.isEmpty, isProgram else { return nil }
            item = (image + "|endswith", texts.map { "\\" + $0 })
        } else if let field = source.fields[test.column] {
            item = (field + modifiers, texts)
        }
        guard var item else { return nil }
        // Letters count in `==`, and Sigma compares without.
        let hasLetters = texts.contains { $0.lowercased() != $0.uppercased() }
        if isCased, hasLetters, case .text? = test.values.first { item.field += "|cased" }
        return (isNegated ? "not " : "") + add(item.field, item.values, isPattern: modifiers == "|re")
    }

    private mutating func add(_ field: String, _ values: [String], isPattern: Bool) -> String {
        count += 1
        lines += ["    selection_\(count):", "        \(field):"]
        lines += values.map { "            - \(SigmaDraft.quoted(isPattern ? $0 : SigmaDraft.plain($0)))" }
        return "selection_\(count)"
    }

    private static func text(_ value: QueryTest.Value) -> String {
        switch value {
        case .text(let text): text
        case .number(let number): "\(number)"
        case .truth(let truth): "\(truth)"
        }
    }

    /// KQL's comparisons that Sigma has, with their modifiers, and whether letters count. `has` is none of them: Sigma
    /// knows no words.
    private static let modifiers: [String: (modifiers: String, isCased: Bool)] = [
        "==": ("", true), "=": ("", true), "=~": ("", false), "~": ("", false), "in": ("", true), "in~": ("", false),
        "contains": ("|contains", false), "contains_cs": ("|contains", true), "startswith": ("|startswith", false),
        "startswith_cs": ("|startswith", true), "endswith": ("|endswith", false), "endswith_cs": ("|endswith", true),
        "matches regex": ("|re", false),
    ]
}
