/// A span of time as rules of Sentinel write it: `5m`, `1h`, `14d`, or ISO 8601's `PT1H`, `P1DT12H`, `P1W`.
struct WrittenSpan {
    let seconds: Int

    /// `nil` for other texts, and for spans of more than 10,000 years.
    init?(_ text: String) {
        let letters = text.uppercased()
        let total = letters.hasPrefix("P") ? Self.ofISO(letters.dropFirst()) : Self.sum(letters[...], Self.units)
        guard let total else { return nil }
        seconds = total
    }

    private typealias Units = [(letter: Character, seconds: Int)]

    private static let dayUnits: Units = [("W", 604_800), ("D", 86_400)]
    private static let timeUnits: Units = [("H", 3600), ("M", 60), ("S", 1)]
    private static let units = dayUnits + timeUnits

    /// The text after the `P`. Months and years have no fixed length, and Sentinel's bound is two weeks.
    private static func ofISO(_ text: Substring) -> Int? {
        let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard let days = parts.first, parts.count == 2 || !days.isEmpty else { return nil }
        let dayTotal = days.isEmpty ? 0 : sum(days, dayUnits)
        let timeTotal = parts.count == 2 ? sum(parts[1], timeUnits) : 0
        return dayTotal.flatMap { days in timeTotal.map { days + $0 } }
    }

    /// Numbers with their letters, each letter once and the greater ones first.
    private static func sum(_ text: Substring, _ units: Units) -> Int? {
        var total = 0, rest = text, units = units[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard (1...8).contains(digits.count), let number = Int(digits), let letter = rest.popFirst(),
                let place = units.firstIndex(where: { $0.letter == letter })
            else { return nil }
            total += number * units[place].seconds
            units = units[(place + 1)...]
        }
        return total
    }
}
