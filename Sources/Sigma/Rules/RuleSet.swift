public import Diagnostics
public import Events

/// Rules that run together.
///
/// ```swift
/// let (texts, faults) = try RuleText.read("rules/")
/// let rules = RuleSet(texts, placeholders: ["Administrators": ["ann@example.com"]])
/// for match in try await rules.matches(in: events) { print(match.rule.title, match.rows.count) }
/// ```
public struct RuleSet: Sendable {
    /// The rules that run, in the order of the texts.
    public let rules: [Rule]
    /// The rules that are queries, in the order of the texts. They are read here and no more: what runs KQL runs them.
    public private(set) var queries: [QueryRule]
    /// Why others do not run: with file and line, in the order of the texts.
    public let refusals: [Diagnostic]
    /// Rules that are not for Okta's log, and why not.
    public let skipped: [Diagnostic]

    /// Whether each rule is reported by itself; others serve correlations alone.
    private var isReported: [Bool]
    private var plans: [CorrelationPlan]
    private var program: Program
    /// The places of the program's rules among all.
    private var placesInProgram: [Int]

    /// Reads and compiles rules. What cannot be understood is refused, and the others run.
    ///
    /// - Parameters:
    ///   - texts: Sigma rules and correlations, which may refer to each other across texts, Okta's detections, rules of
    ///     Sentinel, or filters as NDJSON; see ``RuleText/read(_:)``. Of texts of one name only the first counts.
    ///   - placeholders: The values of Sigma's placeholders (`|expand`), by name without percent signs. A rule with a
    ///     placeholder that is not here is refused.
    public init(_ texts: [RuleText], placeholders: [String: [String]] = [:]) {
        var reader = RuleReader(placeholders: placeholders)
        for text in texts { reader.read(text) }
        let links = RuleLinks(reader.rules, passedOver: reader.passedOver)
        // Places move when correlations that cannot run are left out.
        let kept = reader.rules.indices.filter { !links.broken.contains($0) }
        let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($0.element, $0.offset) })
        let rules = kept.map { reader.rules[$0] }
        self.rules = rules
        queries = reader.queries
        refusals = reader.refusals + links.refusals
        skipped = reader.skipped + links.skipped
        isReported = kept.map { !links.silent.contains($0) }
        plans = links.plans.map { $0.moved(to: places) }
        placesInProgram = rules.indices.filter { !rules[$0].isCorrelation }
        program = Program(placesInProgram.compactMap { rules[$0].predicate })
    }

    /// The rules that are reported by themselves: without those that a correlation uses, unless it says `generate`.
    public var reported: [Rule] { rules.indices.filter { isReported[$0] }.map { rules[$0] } }

    /// The same, where of the reported rules and the queries only some are; what these do not need does not run.
    public func reporting(_ isWanted: (Rule) -> Bool) -> RuleSet {
        var some = self
        some.queries = queries.filter { isWanted($0.rule) }
        for place in rules.indices { some.isReported[place] = isReported[place] && isWanted(rules[place]) }
        var needed = Set(rules.indices.filter { some.isReported[$0] })
        // Each comes after those it refers to.
        for plan in plans.reversed() where needed.contains(plan.rule) { needed.formUnion(plan.sources) }
        some.plans = plans.filter { needed.contains($0.rule) }
        some.placesInProgram = placesInProgram.filter(needed.contains)
        some.program = Program(some.placesInProgram.compactMap { rules[$0].predicate })
        return some
    }

    /// What the rules match: in the order of ``rules``, the matches of one correlation by their first events.
    ///
    /// Linear in the events; runs on all cores. Most rules ask for certain types of events and cost nothing for others;
    /// of the rest the columns decide most, and an event whose bytes are needed is read once for all rules. The same
    /// events in any order give the same matches.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    public func matches(in events: EventTable) async throws -> [RuleMatch] {
        var rows = [[UInt32]](repeating: [], count: rules.count)
        for (place, found) in zip(placesInProgram, try await program.matchingRows(of: events)) {
            rows[place] = Self.inTimeOrder(found, events)
        }
        let run = try await CorrelationRun(plans, events, rows: rows)
        return rules.indices.filter { isReported[$0] }.flatMap { place in
            if let matches = run.matches[place] {
                return matches.map { RuleMatch(rule: rules[place], rows: $0.rows.map(Int.init), group: $0.group) }
            }
            return rows[place].isEmpty
                ? [] : [RuleMatch(rule: rules[place], rows: rows[place].map(Int.init), group: [])]
        }
    }

    /// Near linear where the rows are in order already.
    private static func inTimeOrder(_ rows: [UInt32], _ events: EventTable) -> [UInt32] {
        let isOrdered = zip(rows, rows.dropFirst()).allSatisfy { events.isOrdered(Int($0), before: Int($1)) }
        return isOrdered ? rows : rows.sorted { events.isOrdered(Int($0), before: Int($1)) }
    }
}

extension CorrelationPlan {
    /// The same with other places for the rules.
    fileprivate func moved(to places: [Int: Int]) -> CorrelationPlan {
        CorrelationPlan(
            rule: places[rule] ?? rule, correlation: correlation, sources: sources.map { places[$0] ?? $0 },
            group: group,
            counted: counted)
    }
}
