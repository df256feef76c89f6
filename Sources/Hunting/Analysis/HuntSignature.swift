/// A sign of an attack in single rows.
struct HuntSignature: Sendable {
    /// Where the sign stands.
    enum Place: Sendable {
        /// Command lines, of the process or of the one that acted.
        case command
        /// The key, name or data of a registry value.
        case registry
        /// The operation of a change: `eventType`, `OperationName`, `OperationNameValue`.
        case operation
        /// Any text.
        case anywhere
    }

    let title: String
    let attack: [String]
    let confidence: HuntFinding.Confidence
    let recommendation: HuntFinding.Recommendation
    let place: Place
    /// All groups must be there; a group is any of several texts, in lower case.
    private let groups: [[String]]
    /// None of these may be there.
    private let unless: [String]
    /// A file that must run, or be the one that acts.
    private let parents: Set<String>
    /// Whether the text must hold an encoded command.
    private let isEncoded: Bool

    init(
        _ title: String, _ attack: [String], _ confidence: HuntFinding.Confidence,
        next recommendation: HuntFinding.Recommendation = .pivot, in place: Place = .command, _ groups: [String]...,
        unless: [String] = [], parents: Set<String> = [], isEncoded: Bool = false
    ) {
        self.title = title
        self.attack = attack
        self.confidence = confidence
        self.recommendation = recommendation
        self.place = place
        self.groups = groups
        self.unless = unless
        self.parents = parents
        self.isEncoded = isEncoded
    }

    private static let columns: [Place: [String]] = [
        .command: ["ProcessCommandLine", "CommandLine", "InitiatingProcessCommandLine", "RegistryValueData"],
        .registry: ["RegistryKey", "RegistryValueName", "RegistryValueData"],
        .operation: ["eventType", "OperationName", "OperationNameValue", "EventOriginalType", "eventType_s"],
    ]

    /// What in a row shows it; `nil` where nothing does.
    func evidence(in rows: HuntRows, _ row: Int) -> String? {
        let columns = place == .anywhere ? rows.columns.map(\.name) : Self.columns[place] ?? []
        let texts = columns.map { rows.text(row, $0) }.filter { !$0.isEmpty }
        guard parents.isEmpty || parents.contains(rows.text(row, "InitiatingProcessFileName").lowercased()) else {
            return nil
        }
        if place == .registry || place == .anywhere {
            let all = texts.joined(separator: " ")
            return fits(all)
                ? (texts.first { text in groups.first?.contains { text.lowercased().contains($0) } ?? false } ?? all)
                : nil
        }
        return texts.first { text in fits(text) || hidden(in: text).map(fits) ?? false }
    }

    /// A command line with what it holds encoded behind it.
    private func hidden(in text: String) -> String? {
        place == .command ? EncodedCommand.plain(text).map { text + " " + $0 } : nil
    }

    private func fits(_ text: String) -> Bool {
        if isEncoded, EncodedCommand.plain(text) == nil, !EncodedCommand.isIn(text) { return false }
        let lower = " " + text.prefix(20_000).lowercased() + " "
        return groups.allSatisfy { group in group.contains { lower.contains($0) } }
            && !unless.contains { lower.contains($0) }
    }
}
