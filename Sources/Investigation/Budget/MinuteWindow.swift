/// The calls of the last minute, to keep to what a model's tier allows in one.
struct MinuteWindow {
    private var calls: [(second: Int, tokens: Int)] = []
    private static let length = 60

    /// How long a call must wait, in seconds; 0 for one that may go at once.
    mutating func wait(for tokens: Int, tokenLimit: Int?, requestLimit: Int?, now: Int) -> Int {
        // A clock that was set back must not make a call wait for longer than the minute is.
        calls.removeAll { $0.second + Self.length <= now || $0.second > now }
        let free = calls.indices.first { !exceeds(calls[$0...], tokens, tokenLimit, requestLimit) } ?? calls.endIndex
        return free == 0 ? 0 : calls[free - 1].second + Self.length - now
    }

    private func exceeds(
        _ calls: ArraySlice<(second: Int, tokens: Int)>, _ tokens: Int, _ tokenLimit: Int?, _ requestLimit: Int?
    ) -> Bool {
        if let tokenLimit, calls.reduce(tokens, { $0 + $1.tokens }) > tokenLimit { return true }
        return requestLimit.map { calls.count >= $0 } ?? false
    }

    mutating func add(tokens: Int, at second: Int) { calls.append((second, tokens)) }

    /// Puts what a call really took in the place of what it was thought to take.
    mutating func settle(tokens: Int) {
        if !calls.isEmpty { calls[calls.count - 1].tokens = tokens }
    }
}
