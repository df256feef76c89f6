/// How a question leaves something out.
enum Negation {
    static let words: Set<String> = [
        "not", "never", "no", "non", "except", "excluding", "exclude", "excludes", "without", "isn't", "wasn't",
        "weren't",
        "aren't", "didn't", "doesn't", "don't", "outside", "but", "minus", "ignoring", "nor",
    ]

    /// Words between a negation and what it leaves out: `not from the X`.
    static let links: Set<String> = [
        "from", "by", "to", "on", "in", "the", "a", "an", "for", "of", "at", "as", "with", "named", "called", "user",
        "account", "process", "host", "ip", "ips", "address", "port", "ports", "be", "been", "being", "any", "country",
        "users", "accounts", "hosts", "those",
    ]

    static func isConjunction(_ word: String) -> Bool { ["or", "nor", "and", "&"].contains(word) }

    /// `started` in `not started by X`: what was done, but not how it ended, which a negation turns round by itself.
    static func isDeed(_ word: String) -> Bool {
        let deeds = [
            "started", "executed", "created", "changed", "deleted", "renamed", "signin", "connection", "traffic",
        ]
        if let known = HuntVocabulary.canonical(word) { return deeds.contains(known) }
        return word.hasSuffix("ed") || word.hasSuffix("ing") || ["made", "done", "run", "sent", "seen"].contains(word)
    }

    /// What says the contrary; other words are negated as they are.
    static let contraries: [String: String] = [
        "failed": "success", "denied": "success", "success": "failed", "public": "private", "private": "public",
        "inbound": "outbound", "outbound": "inbound",
    ]

    /// Words of the vocabulary that stand for a condition, which can be turned round.
    static let conditions: Set<String> = [
        "high", "medium", "low", "informational", "encoded", "hidden", "anonymous", "guest", "interactive", "risk",
    ]
}

extension EntityReader {
    /// The place of the word that leaves out what begins here: `not from X`, `other than X`, `not started by X`.
    func negator(of first: Int) -> Int? {
        for back in 1...5 {
            let before = word(first - back)
            if Negation.words.contains(before) { return first - back }
            if before == "than", ["other", "rather"].contains(word(first - back - 1)) { return first - back - 1 }
            guard Negation.links.contains(before) || (back < 5 && Negation.isDeed(before)) else { return nil }
        }
        return nil
    }
}
