/// Reads what a question wants of its rows.
struct ShapeReader {
    let words: [String]
    let meant: Set<String>
    private let canonical: [String?]

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

    // MARK: Groups

    /// The roles after `per`, `by`, `for each`, `grouped by`.
    private var grouping: [HuntRole] {
        if let share { return [share] }
        for index in words.indices
        where ["per", "by", "each", "grouped", "breakdown"].contains(words[index]) && !isPassive(index) {
            var roles: [HuntRole] = [], place = index + 1
            while role(at: place) != nil || ["and", "by", "the", "source", "remote", "of"].contains(word(place)) {
                if let role = role(at: place) { roles.append(role) }
                place += 1
            }
            if !roles.isEmpty { return roles.reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
        }
        return []
    }

    /// `distribution of alert severities`, `severity breakdown`, `users by number of failures`.
    private var share: HuntRole? {
        for index in words.indices {
            if ["distribution", "breakdown", "split", "share"].contains(words[index]) {
                if let role = role(at: index - 1) { return role }
                guard word(index + 1) == "of" else { continue }
                return (index + 2...index + 5).compactMap { role(at: $0) }.last
            }
            if words[index] == "by", ["number", "count"].contains(word(index + 1)), index > 0 {
                return words.indices.filter { $0 < index }.compactMap { role(at: $0) }.last
            }
        }
        return nil
    }

    /// `denied by users` says who did it, unless something is counted.
    private func isPassive(_ index: Int) -> Bool {
        let before = word(index - 1)
        let isGrouping = before.hasPrefix("group") || before.hasPrefix("order") || before.hasPrefix("sort")
        let isPeople = [.user, nil].contains(role(at: index + 1)) && word(index + 1).hasSuffix("s")
        return words[index] == "by" && !isGrouping && !isCounting && isPeople
            && (before.hasSuffix("ed") || ["made", "run", "done", "given"].contains(before))
    }

    func role(at index: Int) -> HuntRole? {
        guard canonical.indices.contains(index), let noun = canonical[index],
            !["anyone", "anybody", "someone", "somebody"].contains(words[index])
        else { return nil }
        return HuntRole(noun: noun)
    }

    private var top: HuntShape? {
        let marks = ["top", "bottom", "most", "busiest", "noisiest", "biggest", "highest", "rarest", "rare", "least", "fewest"]
        guard let index = words.firstIndex(where: marks.contains), !isComparison(index) else { return nil }
        let rarest = ["rarest", "rare", "least", "fewest", "bottom"].contains(words[index])
        // `top 10`, `the 3 most common`.
        let count = words[index...].dropFirst().prefix(2).compactMap { Int($0) }.first ?? figure(index - 1)
        // `which user created the most files` asks for users.
        let asked = ["most", "least", "fewest"].contains(words[index]) ? listed : nil
        guard let role = asked ?? nearRole(to: index) ?? (words.contains("who") ? .user : nil) else { return nil }
        return .top(min(max(count ?? 10, 1), 1000), role, rarest: rarest)
    }

    /// `at most 5`, `at least 5`.
    private func isComparison(_ index: Int) -> Bool { word(index - 1) == "at" }

    private func nearRole(to index: Int) -> HuntRole? {
        let after = words.indices.filter { $0 > index && $0 <= index + 7 }
        let skipped = ["source", "remote", "destination", "src", "dst", "dest"]
        for place in after where role(at: place) != nil {
            if skipped.contains(word(place)), let next = role(at: place + 1) { return next }
            // `top 10 processes by host` counts processes.
            return role(at: place)
        }
        return words.indices.filter { $0 < index }.compactMap { role(at: $0) }.last
    }

    /// `which hosts`, `what users`, `list of accounts`.
    var listed: HuntRole? {
        // `countries for user x`, `hosts that talked to x`.
        if let role = role(at: 0), word(0).hasSuffix("s"), !word(0).hasSuffix("ss"),
            ![.process, .file, .command, .action, .registryKey].contains(role),
            ["for", "that", "with", "which", "who", "where", "of"].contains(word(1))
        {
            return role
        }
        for index in words.indices
        where ["which", "what", "list", "whose", "distinct", "unique", "different"].contains(words[index]) {
            for place in index + 1...index + 3 {
                if let role = role(at: place), role != .action { return role }
                guard ["the", "all", "of", "source", "remote", "external", "other", "different"].contains(word(place))
                else { break }
            }
        }
        return nil
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
            if isEvent || HuntRole(noun: known) != nil { return !word(place).hasSuffix("s") || word(place).hasSuffix("ss") }
        }
        return false
    }

    func word(_ index: Int) -> String { words.indices.contains(index) ? words[index] : "" }
}
