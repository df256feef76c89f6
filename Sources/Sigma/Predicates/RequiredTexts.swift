internal import CByteScan

/// Texts of which one stands in the bytes of every event in which one of some tests holds, whatever else these hold.
///
/// They are made of letters, digits, hyphens and underscores alone, and of more than what numbers are made of: these a
/// value's text and its JSON have in common, as long as the JSON spells out no character by its number.
struct RequiredTexts: Sendable {
    /// In lower case, each once.
    private let texts: [[UInt8]]

    /// Shorter texts are in many events.
    private static let leastCount = 4
    /// Looking for more costs as much as reading the event.
    private static let limit = 4

    /// `nil` where there are none, or too many.
    init?(_ tests: [TextTests]) {
        let each = tests.flatMap(\.tests).map(Self.text)
        let texts = Set(each.compactMap { $0 })
        guard !each.isEmpty, !each.contains(nil), texts.count <= Self.limit else { return nil }
        self.texts = Array(texts)
    }

    /// Of a test whether a path exists: the name of its last step, where that is no place in an array.
    init?(namesOf path: [[UInt8]]) {
        guard let name = path.last(where: { $0.arrayIndex == nil }), name.count >= Self.leastCount,
            name.allSatisfy(Self.isPlain), Self.isNoNumber(name[...])
        else { return nil }
        texts = [name]
    }

    /// Whether one of the texts stands in some bytes. Linear in bytes times texts, and fast.
    func stand(in bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
        return texts.contains { byte_scan_contains(base, bytes.count, $0, $0.count) != 0 }
    }

    /// Whether some bytes may spell out characters by their numbers: then it means nothing that a text is missing.
    static func mayBeEscaped(in bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
        return byte_scan_has_unicode_escape(base, bytes.count) != 0
    }

    private static func text(_ test: TextTest) -> [UInt8]? {
        guard case .pattern(let matcher) = test else { return nil }
        let runs = matcher.texts.flatMap { LetterCase.folded($0).split { !isPlain($0) } }.filter(isNoNumber)
        return runs.max { $0.count < $1.count }.flatMap { $0.count < leastCount ? nil : Array($0) }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isLetter(byte) || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }

    /// Whether it can be no part of a number, which JSON may write in another way.
    private static func isNoNumber(_ run: ArraySlice<UInt8>) -> Bool {
        run.contains { isLetter($0) && $0 != UInt8(ascii: "e") }
    }
}
