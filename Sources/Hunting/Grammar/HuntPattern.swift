/// Words that must all be in a question: `password+reset|changed`; `!okta` must not be.
struct HuntPattern: Sendable {
    private let groups: [Set<String>]
    private let barred: Set<String>

    init(_ text: String) {
        var groups: [Set<String>] = []
        var barred: Set<String> = []
        for group in text.split(separator: "+") {
            if group.hasPrefix("!") {
                barred.insert(String(group.dropFirst()))
            } else {
                groups.append(Set(group.split(separator: "|").map(String.init)))
            }
        }
        self.groups = groups
        self.barred = barred
    }

    /// The words that fit, one of each group; `nil` where a group has none.
    func match(_ words: Set<String>) -> Set<String>? {
        guard barred.isDisjoint(with: words) else { return nil }
        var used: Set<String> = []
        for group in groups {
            let found = group.intersection(words)
            guard !found.isEmpty else { return nil }
            used.formUnion(found)
        }
        return used
    }

    /// All that it may be made of.
    var words: Set<String> { groups.reduce(into: []) { $0.formUnion($1) } }

    /// How particular it is.
    var weight: Int { groups.count }
}
