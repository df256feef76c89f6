// Groups: what is counted by, and the largest of them.

extension ShapeReader {
    /// The roles after `per`, `by`, `for each`, `grouped by`.
    var grouping: [HuntRole] {
        if let share { return [share] }
        for index in words.indices
        where ["per", "by", "each", "grouped", "breakdown"].contains(words[index]) && !isPassive(index) {
            var roles: [HuntRole] = []
            var place = index + 1
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

    var top: HuntShape? {
        let marks = [
            "top", "bottom", "most", "busiest", "noisiest", "biggest", "highest", "rarest", "rare", "least", "fewest",
        ]
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
}
