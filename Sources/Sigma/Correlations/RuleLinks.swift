internal import Diagnostics
internal import Tables

/// A correlation with the rules and fields it refers to found.
struct CorrelationPlan: Sendable {
    /// A field that may have another path in the events of each rule.
    struct Field: Sendable {
        /// As the correlation names it.
        let name: String
        /// By the place of the rule in ``CorrelationPlan/sources``.
        let paths: [FieldPath]
    }

    /// Its own place among the rules.
    let rule: Int
    let correlation: Correlation
    /// The places of the rules it refers to, in its order.
    let sources: [Int]
    let group: [Field]
    let counted: Field?
}

/// Finds what correlations refer to, across files.
struct RuleLinks {
    /// In an order in which each comes after those it refers to.
    private(set) var plans: [CorrelationPlan] = []
    private(set) var refusals: [Diagnostic] = []
    private(set) var skipped: [Diagnostic] = []
    /// The places of correlations that cannot run.
    private(set) var broken: Set<Int> = []
    /// The places of rules that are only reported through a correlation.
    private(set) var silent: Set<Int> = []

    private let rules: [Rule]
    private let passedOver: Set<ByteText>
    private var places: [ByteText: [Int]] = [:]
    private var faults: [Int: Missing] = [:]

    private struct Missing: Error {
        let diagnostic: Diagnostic
        /// Whether what is missing is a rule that was skipped.
        var isSkipped = false
    }

    /// - Parameter passedOver: Ids and names of rules that are not for Okta's log.
    init(_ rules: [Rule], passedOver: Set<ByteText>) {
        self.rules = rules
        self.passedOver = passedOver
        for (place, rule) in rules.enumerated() {
            places[ByteText(rule.id), default: []].append(place)
            if let name = rule.name, !name.utf8.elementsEqual(rule.id.utf8) {
                places[ByteText(name), default: []].append(place)
            }
        }
        link()
        broken = Set(faults.keys)
        for (_, fault) in faults.sorted(by: { $0.key < $1.key }) {
            if fault.isSkipped { skipped.append(fault.diagnostic) } else { refusals.append(fault.diagnostic) }
        }
        for plan in plans where !plan.correlation.generates { silent.formUnion(plan.sources) }
    }

    /// Plans each correlation once all that it refers to are planned or found wanting; what is left over then waits for
    /// itself. Without recursion, as chains may be long.
    private mutating func link() {
        var waiting: [Int: Int] = [:], dependents: [Int: [Int]] = [:], sourcesOf: [Int: [Int]] = [:], ready: [Int] = []
        for place in rules.indices {
            guard case .correlation(let correlation) = rules[place].content else { continue }
            do throws(Missing) {
                let sources = try sources(of: correlation, at: place)
                let needed = Set(sources.filter { rules[$0].isCorrelation })
                for source in needed { dependents[source, default: []].append(place) }
                (sourcesOf[place], waiting[place]) = (sources, needed.count)
                if needed.isEmpty { ready.append(place) }
            } catch {
                faults[place] = error
                ready.append(place)
            }
        }
        var next = 0
        while next < ready.count {
            let place = ready[next]
            next += 1
            if faults[place] == nil { settle(place, sourcesOf[place] ?? []) }
            for dependent in dependents[place] ?? [] {
                waiting[dependent, default: 0] -= 1
                if waiting[dependent] == 0 { ready.append(dependent) }
            }
        }
        for (place, count) in waiting where count > 0 && faults[place] == nil {
            let source = sourcesOf[place]?.first { (waiting[$0] ?? 0) > 0 } ?? place
            faults[place] = needing(source, at: place, "is part of a circle, or leads into one", "Break the circle")
        }
    }

    private mutating func settle(_ place: Int, _ sources: [Int]) {
        guard case .correlation(let correlation) = rules[place].content else { return }
        do throws(Missing) {
            if let source = sources.first(where: { faults[$0] != nil }) {
                throw needing(source, at: place, "cannot run", "Mend that one first")
            }
            plans.append(try plan(correlation, at: place, sources))
        } catch {
            faults[place] = error
        }
    }

    private func needing(_ source: Int, at place: Int, _ reason: String, _ remedy: String) -> Missing {
        missing(place, "needs the rule `\((rules[source].name ?? rules[source].id).shown)`, which \(reason)", remedy)
    }

    private func sources(of correlation: Correlation, at place: Int) throws(Missing) -> [Int] {
        var sources: [Int] = []
        for name in correlation.rules {
            guard let found = places[ByteText(name)] else {
                let isSkipped = passedOver.contains(ByteText(name))
                throw missing(
                    place,
                    "needs the rule `\(name.shown)`, which \(isSkipped ? "is not for Okta's log" : "there is not")",
                    "Give the file of that rule as well; rules are called by `id` or `name`", isSkipped: isSkipped)
            }
            guard found.count == 1 else {
                throw missing(
                    place, "needs the rule `\(name.shown)`, of which there are \(found.count)", "Call it by its id")
            }
            sources.append(found[0])
        }
        return sources
    }

    private func plan(_ correlation: Correlation, at place: Int, _ sources: [Int]) throws(Missing) -> CorrelationPlan {
        var group: [CorrelationPlan.Field] = []
        for name in correlation.groupBy { group.append(try field(name, correlation, at: place, sources)) }
        var counted: CorrelationPlan.Field?
        if let name = correlation.field { counted = try field(name, correlation, at: place, sources) }
        return CorrelationPlan(rule: place, correlation: correlation, sources: sources, group: group, counted: counted)
    }

    private func field(
        _ name: String, _ correlation: Correlation, at place: Int, _ sources: [Int]
    ) throws(Missing) -> CorrelationPlan.Field {
        guard let alias = correlation.aliases.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            return CorrelationPlan.Field(name: name, paths: sources.map { _ in FieldPath(name) })
        }
        var paths: [FieldPath] = []
        for source in sources {
            let rule = rules[source], names = [rule.id, rule.name].compactMap { $0 }
            guard
                let own = alias.fields.first(where: { own in names.contains { $0.utf8.elementsEqual(own.rule.utf8) } })
            else {
                throw missing(
                    place, "has the alias `\(name.shown)` without a field for the rule `\(names[0].shown)`",
                    "Add it under `aliases`")
            }
            paths.append(own.path)
        }
        return CorrelationPlan.Field(name: name, paths: paths)
    }

    private func missing(_ place: Int, _ reason: String, _ remedy: String, isSkipped: Bool = false) -> Missing {
        Missing(
            diagnostic: Diagnostic(
                "the correlation `\(rules[place].title.shown)` \(reason)", remedy: remedy, at: rules[place].place),
            isSkipped: isSkipped)
    }
}
