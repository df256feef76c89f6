internal import JSON

/// Looks for addresses, times, ids, quoted values and counts in an answer that the evidence does not have.
struct ValueCheck {
    private let texts: String
    private let ids: Set<String>
    private var numbers: Set<Int64> = []

    init(_ evidence: Evidence, question: String) {
        texts = evidence.json.text + "\n" + question
        ids = evidence.ids
        collectNumbers(evidence.json)
    }

    private mutating func collectNumbers(_ value: JSONValue) {
        switch value {
        case .integer(let integer): numbers.insert(integer)
        case .array(let elements):
            numbers.insert(Int64(elements.count))
            for element in elements { collectNumbers(element) }
        case .object(let members): for member in members { collectNumbers(member.value) }
        default: break
        }
    }

    /// The values of an answer that are not in the evidence, each once, in order.
    func unverified(in answer: String) -> [String] {
        var found: [String] = []
        let text = withoutMarks(answer)
        let quotations = quoted(answer).filter { !texts.contains($0) }
        let candidates = words(text).filter { isForeign($0) } + quotations + counts(text)
        for value in candidates where !found.contains(value) { found.append(value) }
        return found
    }

    /// The text without what the gate has marked already.
    private func withoutMarks(_ text: String) -> String { text.replacing(#/\(unverified: [^)]*\)/#, with: " ") }

    private func words(_ text: String) -> [String] {
        text.split { !($0.isLetter || $0.isNumber || ".:-_@".contains($0)) }
            .map { $0.trimming { ".:-_@".contains($0) } }.filter { !$0.isEmpty }
    }

    private func isForeign(_ word: String) -> Bool {
        if word.wholeMatch(of: #/[0-9]{1,3}(\.[0-9]{1,3}){3}/#) != nil { return !holds(word) }
        if let time = word.firstMatch(of: #/[0-9]{2}:[0-9]{2}(:[0-9]{2})?/#) { return !texts.contains(String(time.0)) }
        return resemblesID(word) && !texts.contains(word)
    }

    /// Whether the evidence has this address, and not only one that begins with it.
    private func holds(_ address: String) -> Bool {
        words(texts).contains(address)
    }

    /// Whether a word has the letters of an id that is in the evidence, up to its first digit, or is a UUID.
    private func resemblesID(_ word: String) -> Bool {
        if word.wholeMatch(of: #/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/#) != nil { return true }
        let stem = word.prefix { !$0.isNumber }
        return stem.count > 1 && stem.count < word.count && ids.contains { $0.prefix { !$0.isNumber } == stem }
    }

    private func quoted(_ text: String) -> [String] {
        text.matches(of: #/[`"“]([^`"“”\n]{1,200})[`"”]/#).map { String($0.1) }
    }

    private static let countedThings: Set<String> = [
        "failed", "failure", "failures", "event", "events", "login", "logins", "sign-in", "sign-ins", "attempt",
        "attempts", "success", "successes", "actor", "actors", "user", "users", "account", "accounts", "address",
        "addresses", "finding", "findings", "incident", "incidents",
    ]

    /// Counts of things that no count in the evidence equals, such as `17 failures`.
    private func counts(_ text: String) -> [String] {
        text.matches(of: #/\b([0-9]{1,9}) ([a-z-]+)\b/#).compactMap { match in
            guard Self.countedThings.contains(String(match.2)), let count = Int64(match.1) else { return nil }
            return numbers.contains(count) ? nil : String(match.0)
        }
    }
}

extension Substring {
    fileprivate func trimming(_ isMark: (Character) -> Bool) -> String {
        var rest = self
        while let first = rest.first, isMark(first) { rest.removeFirst() }
        while let last = rest.last, isMark(last) { rest.removeLast() }
        return String(rest)
    }
}
