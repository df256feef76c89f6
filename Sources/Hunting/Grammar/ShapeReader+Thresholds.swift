// Shapes that a number decides: bursts, spreads, the newest few.

extension ShapeReader {
    /// `from more than 2 countries`, `from 3 or more addresses`, `from several countries`.
    func spread(_ by: [HuntRole]) -> HuntShape? {
        for index in words.indices {
            let isOrMore = figure(index) != nil && word(index + 1) == "or" && word(index + 2) == "more"
            let isSeveral = ["several", "multiple", "different"].contains(word(index)) && word(index - 1) == "from"
            let least = isOrMore ? figure(index) : isSeveral ? 2 : threshold(index)
            let after = (index + 1...index + 4).first { role(at: $0) != nil }
            guard let least, let after, let of = role(at: after),
                Set(words[index..<after]).isDisjoint(with: ["failed", "per", "by", "from"])
            else { continue }
            let other = (by + [listed, place(before: index)].compactMap { $0 }).first { $0 != of }
            // Users are counted where something else is named that has them.
            guard [.address, .country, .host, .application].contains(of) || of == .user && other != nil else {
                continue
            }
            return .spread(other ?? .user, of: of, atLeast: least)
        }
        return nil
    }

    /// `hosts with more than 3 users`: what stands before the number.
    private func place(before index: Int) -> HuntRole? {
        words.indices.filter { $0 < index }.compactMap { role(at: $0) }.last
    }

    /// `from one ip`, `the same address`: what everything comes from.
    var single: HuntRole? {
        words.indices.filter { ["one", "single", "same"].contains(words[$0]) }.compactMap { role(at: $0 + 1) }.first
    }

    /// `one ip many users failed`.
    var isSpray: Bool {
        let isMany = words.indices.contains {
            ["many", "multiple", "several", "different", "lots"].contains(words[$0])
                && [$0 + 1, $0 + 2].contains { role(at: $0) == .user }
        }
        return isMany && single == .address && meant.contains("failed")
    }

    /// A whole number in digits or as a word.
    func figure(_ index: Int) -> Int? { Int(word(index)) ?? TimeReader.numbers[word(index)].flatMap { Int($0) } }

    /// `last 10 logons`, `latest 5 alerts`.
    var newest: HuntShape? {
        for index in words.indices where ["last", "latest", "newest", "recent"].contains(words[index]) {
            if let count = Int(word(index + 1)), (1...1000).contains(count) { return .newest(count) }
        }
        return nil
    }

    /// `more than 20`, `over 100`, `at least 5`, `many`, brute force and fatigue.
    func burst(_ by: [HuntRole]) -> HuntShape? {
        let number = words.indices.compactMap(threshold).first
        let isMany =
            meant.contains("bruteforce") || meant.contains("fatigue")
            || (words.contains("many") && !isCounting)
            || (!Set(words).isDisjoint(with: ["mass", "bulk"]) && by.isEmpty)
        // `20 failures from one ip`.
        let bare = single == nil ? nil : words.indices.compactMap { isUnit($0 + 1) ? nil : figure($0) }.first { $0 > 1 }
        guard number != nil || bare != nil || isMany else { return nil }
        return .burst(by.first ?? listed ?? usual, atLeast: number ?? bare ?? Self.many)
    }

    private var usual: HuntRole {
        meant.isDisjoint(with: ["file", "registry", "process", "connection", "traffic"]) ? .user : .host
    }

    private func isUnit(_ index: Int) -> Bool {
        [
            "kb", "mb", "gb", "tb", "bytes", "kilobytes", "megabytes", "gigabytes", "seconds", "minutes", "mins",
            "hours",
            "days", "%", "percent",
        ].contains(word(index))
    }

    /// A number of events; `over 100 MB` and `more than 5 minutes` are none.
    private func threshold(_ index: Int) -> Int? {
        if [index + 2, index + 3].contains(where: { isUnit($0) && figure($0 - 1) != nil }) { return nil }
        return switch (word(index), word(index + 1)) {
        case ("more", "than"), ("greater", "than"): figure(index + 2).map { $0 + 1 }
        case ("at", "least"): figure(index + 2)
        case ("over", _), ("above", _), ("exceeding", _), (">", _): figure(index + 1).map { $0 + 1 }
        case (">=", _): figure(index + 1)
        case (_, "or") where word(index + 2) == "more": figure(index)
        default: word(index).wholeMatch(of: #/([0-9]{1,6})\+/#).flatMap { Int($0.1) }
        }
    }
}
