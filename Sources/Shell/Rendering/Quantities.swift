extension BinaryInteger {
    /// The digits in groups of three: `1,204,882`.
    var grouped: String { grouped(by: ",") }

    /// The digits in groups of three, apart by `separator`.
    func grouped(by separator: String) -> String {
        let digits = String(magnitude)
        let head = (digits.count - 1) % 3 + 1
        var groups = [String(digits.prefix(head))], rest = digits.dropFirst(head)
        while !rest.isEmpty {
            groups.append(String(rest.prefix(3)))
            rest = rest.dropFirst(3)
        }
        return (self < 0 ? "-" : "") + groups.joined(separator: separator)
    }
}

/// A count and what is counted: `1 event`, `1,204 events`, `2 entries`.
///
/// - Parameter plural: Where it is not made by the ordinary rules.
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count.grouped) \(count == 1 ? noun : plural ?? pluralOf(noun))"
}

private func pluralOf(_ noun: String) -> String {
    let afterConsonant = noun.dropLast().last.map { !"aeiou".contains($0) } ?? false
    if noun.hasSuffix("y"), afterConsonant { return noun.dropLast() + "ies" }
    return noun + (["s", "x", "ch", "sh"].contains { noun.hasSuffix($0) } ? "es" : "s")
}

/// A count in at most four characters and a unit: `512 B`, `1.9 GB`; without one, `612 k`.
func scaled(_ count: Int, _ unit: String = "") -> String {
    var value = Double(count), prefixes = ["", "k", "M", "G", "T"][...]
    while abs(value) >= 999.5, prefixes.count > 1 {
        value /= 1000
        prefixes.removeFirst()
    }
    let suffix = prefixes[prefixes.startIndex] + unit
    let number = abs(value) < 9.95 && suffix != unit ? tenths(value) : String(Int(value.rounded()))
    return suffix.isEmpty ? number : number + " " + suffix
}

/// One digit behind the point.
private func tenths(_ value: Double) -> String {
    let count = Int((abs(value) * 10).rounded())
    return (value < 0 && count > 0 ? "-" : "") + "\(count / 10).\(count % 10)"
}

extension Duration {
    /// A length of time for people, in its two largest units: `3 ms`, `3.4 s`, `25 min`, `1 h 5 min`, `2 d 3 h`.
    var brief: String {
        let seconds = Double(components.seconds) + Double(components.attoseconds) / 1e18
        if seconds < 0.001 { return seconds <= 0 ? "0 ms" : "< 1 ms" }
        if seconds < 0.9995 { return "\(Int((seconds * 1000).rounded())) ms" }
        if seconds < 59.95 { return "\(tenths(seconds)) s" }
        let whole = Int(min(seconds, 1e15).rounded())
        if whole < 3600 { return Self.pair(whole / 60, "min", whole % 60, "s") }
        let minutes = whole / 60
        if minutes < 1440 { return Self.pair(minutes / 60, "h", minutes % 60, "min") }
        return Self.pair(minutes / 1440, "d", minutes % 1440 / 60, "h")
    }

    private static func pair(_ large: Int, _ unit: String, _ small: Int, _ smallUnit: String) -> String {
        small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(smallUnit)"
    }
}

/// A bar of `width` columns, filled as far as `fraction` (0 to 1) says.
func progressBar(fraction: Double, width: Int = 20) -> String {
    let part = fraction.isNaN ? 0 : min(1, max(0, fraction))
    let filled = Int((part * Double(max(0, width))).rounded(.down))
    return String(repeating: "▓", count: filled) + String(repeating: "░", count: max(0, width) - filled)
}
