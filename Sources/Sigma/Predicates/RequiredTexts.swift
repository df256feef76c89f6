internal import CByteScan

/// Texts of which one stands in the bytes of every event that fits a predicate, whatever else these hold.
///
/// They are made of letters, hyphens and underscores alone: a value's text and its JSON have these in common, as long
/// as the JSON has no escape that spells out a character by its number.
struct RequiredTexts: Sendable {
    /// In lower case.
    private let texts: [[UInt8]]

    /// Shorter texts are in many events.
    private static let leastCount = 4

    /// `nil` where the predicate has none.
    init?(_ predicate: Predicate) {
        guard let texts = Self.texts(predicate) else { return nil }
        self.texts = texts
    }

    /// Whether an event with these bytes may fit. Linear in bytes times texts, and fast.
    func mayStand(in bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
        return texts.contains { byte_scan_contains(base, bytes.count, $0, $0.count) != 0 }
            || byte_scan_has_unicode_escape(base, bytes.count) != 0
    }

    private static func texts(_ predicate: Predicate) -> [[UInt8]]? {
        switch predicate {
        case .all(let parts): return parts.compactMap(texts).max { shortest($0) < shortest($1) }
        case .any(let parts):
            let each = parts.map(texts)
            return each.contains { $0 == nil } ? nil : each.flatMap { $0 ?? [] }
        case .field(let test):
            guard case .text(let tests) = test.condition else { return nil }
            let each = tests.tests.map(text)
            return each.contains { $0 == nil } ? nil : each.compactMap { $0 }
        case .not, .keyword: return nil
        }
    }

    private static func shortest(_ texts: [[UInt8]]) -> Int { texts.map(\.count).min() ?? 0 }

    private static func text(_ test: TextTest) -> [UInt8]? {
        guard case .pattern(let matcher) = test else { return nil }
        let runs = matcher.texts.flatMap { LetterCase.folded($0).split { !isPlain($0) } }
        return runs.max { $0.count < $1.count }.flatMap { $0.count < leastCount ? nil : Array($0) }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
