/// The values that were seen last, up to a limit; the one that was not seen for longest is forgotten first.
struct RecentSet {
    private let limit: Int
    /// When each was seen last, in turns. Bytes, as text would compare by Unicode equivalence.
    private var turns: [[UInt8]: Int] = [:]
    /// Every sighting in order; only a value's last one counts.
    private var sightings: [(value: [UInt8], turn: Int)] = []
    private var turn = 0

    init(limit: Int) { self.limit = limit }

    /// Notes a value; true when it was not known. Constant time on average.
    mutating func insert(_ value: String) -> Bool {
        let value = Array(value.utf8)
        turn += 1
        let isNew = turns.updateValue(turn, forKey: value) == nil
        sightings.append((value, turn))
        if sightings.count > 2 * limit { forget() }
        return isNew
    }

    /// Whether a value is known, without noting it.
    func contains(_ value: String) -> Bool { turns[Array(value.utf8)] != nil }

    /// Keeps the last sightings of as many values as are allowed.
    private mutating func forget() {
        let last = sightings.filter { turns[$0.value] == $0.turn }
        for (value, _) in last.dropLast(limit) { turns[value] = nil }
        sightings = Array(last.suffix(limit))
    }
}
