/// Reads what a question wants of its rows.
struct ShapeReader {
    let words: [String]
    let meant: Set<String>
    let canonical: [String?]

    /// - Parameters:
    ///   - words: In lower case; empty where a word is part of a name or a time.
    ///   - meant: The words that the vocabulary knows, in its own form.
    init(_ words: [String], _ meant: Set<String>) {
        self.words = words
        self.meant = meant
        canonical = words.map {
            HuntVocabulary.canonical($0) ?? HuntVocabulary.canonical(HuntVocabulary.corrected($0) ?? "")
        }
    }

    /// Rows of one user, address, … that are many without a number said.
    static let many = 10

    func shape(isChange: Bool) -> HuntShape {
        if meant.contains("spray") || isSpray { return .spray }
        if let series { return series }
        let by = grouping.isEmpty ? single.map { [$0] } ?? [] : grouping
        if let top = top { return top }
        if let spread = spread(by) { return spread }
        if let burst = burst(by) { return burst }
        if !grouping.isEmpty { return .by(grouping) }
        if let edge { return edge }
        if let newest { return newest }
        if isCounting { return counted }
        if let listed { return .by([listed]) }
        return words.contains("who") && !isChange && meant.isDisjoint(with: ["password", "mfa"]) ? .by([.user]) : .rows
    }

    // MARK: Over time

    private static let units: [String: Int] = ["hour": 3600, "day": 86_400, "minute": 60, "week": 604_800]

    private var series: HuntShape? {
        for index in words.indices where ["per", "each", "every", "by"].contains(words[index]) {
            if let unit = Self.units[word(index + 1)] { return .series(unit) }
        }
        if words.contains("hourly") { return .series(3600) }
        if words.contains("daily") { return .series(86_400) }
        let isTrend =
            !Set(words).isDisjoint(with: ["trend", "timeline", "histogram"])
            || words.indices.contains { words[$0] == "over" && word($0 + 1) == "time" }
        return isTrend ? .series(3600) : nil
    }

    // MARK: Counts

    var isCounting: Bool {
        words.contains("count") || words.contains("number") || words.contains("total")
            || words.indices.contains { words[$0] == "how" && ["many", "much", "often"].contains(word($0 + 1)) }
    }

    /// `how many users failed` counts users.
    private var counted: HuntShape {
        for index in words.indices
        where word(index - 1) == "how" && words[index] == "many" || words[index] == "of" && word(index - 1) == "number"
        {
            let place = ["different", "distinct", "unique"].contains(word(index + 1)) ? index + 2 : index + 1
            if let role = role(at: place), [.user, .host, .address, .country, .application].contains(role) {
                return .distinct(role)
            }
        }
        return .count
    }

    // MARK: Ends

    private var edge: HuntShape? {
        let asksTime = words.indices.contains { words[$0] == "what" && word($0 + 1) == "time" }
        let ends = ["first": false, "earliest": false, "oldest": false, "last": true, "latest": true, "newest": true]
        let said = words.indices.filter { ends[words[$0]] != nil || isMostRecent($0) }
        guard let index = said.first(where: { asksTime || words.contains("when") || isOne($0) }) else { return nil }
        return .edge(isLast: ends[words[index]] ?? true)
    }

    private func isMostRecent(_ index: Int) -> Bool { word(index) == "recent" && word(index - 1) == "most" }

    /// Whether `first` or `last` speaks of one event: `first seen`, `last okta login`, but not `last logins`.
    private func isOne(_ index: Int) -> Bool {
        for place in index + 1...index + 4 {
            if ["seen", "time", "occurrence", "ever"].contains(word(place)) { return true }
            guard canonical.indices.contains(place), let known = canonical[place] else { return false }
            let isEvent = ["signin", "connection", "event", "alert", "flow", "activity", "operation"].contains(known)
            if isEvent || HuntRole(noun: known) != nil {
                return !word(place).hasSuffix("s") || word(place).hasSuffix("ss")
            }
        }
        return false
    }

    func word(_ index: Int) -> String { words.indices.contains(index) ? words[index] : "" }
}
