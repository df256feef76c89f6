// Shapes that a number decides: bursts, spreads, the newest few.

extension ShapeReader {
    /// `from more than 2 countries`, `from 3 or more addresses`, `from several countries`.
    func spread(_ by: [HuntRole]) -> HuntShape? {
        for index in words.indices {
            let isOrMore = Int(word(index)) != nil && word(index + 1) == "or" && word(index + 2) == "more"
            let isSeveral = ["several", "multiple", "different"].contains(word(index)) && word(index - 1) == "from"
            let least = isOrMore ? Int(word(index)) : isSeveral ? 2 : threshold(index)
            let after = (index + 1...index + 4).first { role(at: $0) != nil }
            guard let least, let after, let of = role(at: after),
                [.address, .country, .host, .application].contains(of),
                Set(words[index..<after]).isDisjoint(with: ["failed", "per", "by"])
            else { continue }
            let listed = listed.flatMap { $0 == of ? nil : $0 }
            return .spread(by.first { $0 != of } ?? listed ?? .user, of: of, atLeast: least)
        }
        return nil
    }

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
        guard number != nil || isMany else { return nil }
        return .burst(by.first ?? listed ?? usual, atLeast: number ?? Self.many)
    }

    private var usual: HuntRole {
        meant.isDisjoint(with: ["file", "registry", "process", "connection", "traffic"]) ? .user : .host
    }

    private func threshold(_ index: Int) -> Int? {
        switch (word(index), word(index + 1)) {
        case ("more", "than"), ("greater", "than"): Int(word(index + 2)).map { $0 + 1 }
        case ("at", "least"): Int(word(index + 2))
        case ("over", _), ("above", _), ("exceeding", _), (">", _): Int(word(index + 1)).map { $0 + 1 }
        case (">=", _): Int(word(index + 1))
        default: word(index).wholeMatch(of: #/([0-9]{1,6})\+/#).flatMap { Int($0.1) }
        }
    }
}
