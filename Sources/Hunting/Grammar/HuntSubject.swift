/// What a question may be about, and what that means in each table that knows of it.
struct HuntSubject: Sendable {
    /// In words, for people.
    let name: String
    let patterns: [HuntPattern]
    /// The tables in order of preference, each with what its rows must be like; `nil` where every row will do.
    let meanings: [(table: String, condition: HuntCondition?)]
    /// Whether a question about it, asked without saying more, wants each event and not who or where.
    let isChange: Bool

    /// - Parameter patterns: Apart by blanks.
    init(
        _ name: String, _ patterns: String, isChange: Bool = false,
        _ meanings: (table: String, condition: HuntCondition?)...
    ) {
        self.name = name
        self.patterns = patterns.split(separator: " ").map { HuntPattern(String($0)) }
        self.meanings = meanings
        self.isChange = isChange
    }

    /// The best of its patterns that fits: how particular it is, and the words that it takes.
    func match(_ words: Set<String>) -> (weight: Int, words: Set<String>)? {
        patterns.compactMap { pattern in pattern.match(words).map { (pattern.weight, $0) } }.max { $0.0 < $1.0 }
    }

    /// Words of it that fit, but for those of qualifiers, which say more than it does.
    func fitting(_ words: Set<String>) -> Set<String> {
        let own = patterns.compactMap { $0.match(words) }.reduce(into: Set<String>()) { $0.formUnion($1) }
        return own.subtracting(HuntQualifier.words)
    }

    static let all = signIns + oktaChanges + directoryChanges + azureChanges + processes + devices + alerts
}

/// A restriction that words of a question add to its subject, in the tables that can express it.
struct HuntQualifier: Sendable {
    let name: String
    let patterns: [HuntPattern]
    let meanings: [String: HuntCondition]

    init(_ name: String, _ patterns: [String], _ meanings: [String: HuntCondition]) {
        self.name = name
        self.patterns = patterns.map { HuntPattern($0) }
        self.meanings = meanings
    }

    /// Whether it is a result; a change that is one by itself, such as a denied prompt, says so already.
    var isOutcome: Bool { ["failed", "successful", "denied"].contains(name) }

    func match(_ words: Set<String>) -> Set<String>? {
        patterns.lazy.compactMap { $0.match(words) }.first
    }

    /// The words of all of them.
    static let words: Set<String> = all.flatMap(\.patterns).reduce(into: []) { $0.formUnion($1.words) }
}

/// The ways in which subjects and qualifiers write conditions.
enum Meaning {
    static func type(_ names: String...) -> HuntCondition { .text("eventType", .same, names) }
    static func operation(_ names: String...) -> HuntCondition { .text("OperationName", .has, names) }
    static func azure(_ names: String...) -> HuntCondition { .text("OperationNameValue", .same, names) }
    static func action(_ names: String...) -> HuntCondition { .text("ActionType", .same, names) }
    static func runs(_ files: String...) -> HuntCondition { .text("FileName", .same, files) }
    static func command(_ words: String...) -> HuntCondition { .text("ProcessCommandLine", .contains, words) }
    static func port(_ ports: Int64...) -> HuntCondition { .number("RemotePort", ports) }
}
