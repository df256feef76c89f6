internal import JSON

/// Finds where values stand in bytes that are known to be JSON.
struct ValuePlaces {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The place of the value at a path of keys in the object that stands at a range; of a repeated key the last one,
    /// as everywhere.
    func place(of path: ArraySlice<String>, in range: Range<Int>) -> Range<Int>? {
        guard let key = path.first else { return range }
        var scanner = DocumentScanner(bytes, in: range), found: Range<Int>?
        guard scanner.skip(UInt8(ascii: "{")) else { return nil }
        while scanner.peek() == UInt8(ascii: "\""), let name = scanner.value(), scanner.skip(UInt8(ascii: ":")),
            let value = scanner.value()
        {
            if isKey(name.range, key) { found = value.range }
            guard scanner.skip(UInt8(ascii: ",")) else { break }
        }
        return found.flatMap { place(of: path.dropFirst(), in: $0) }
    }

    private func isKey(_ quoted: Range<Int>, _ key: String) -> Bool {
        let text = bytes[quoted].dropFirst().dropLast()
        guard text.contains(UInt8(ascii: "\\")) else { return text.elementsEqual(key.utf8) }
        var plain: [UInt8] = []
        JSONParser.unescape(UnsafeRawBufferPointer(rebasing: text), into: &plain)
        return plain.elementsEqual(key.utf8)
    }

    /// The places of the elements of the array that stands at a range.
    func elements(in range: Range<Int>) -> [Range<Int>] {
        var scanner = DocumentScanner(bytes, in: range), places: [Range<Int>] = []
        guard scanner.skip(UInt8(ascii: "[")) else { return [] }
        while scanner.peek() != UInt8(ascii: "]"), let value = scanner.value() {
            places.append(trimmed(value.range))
            guard scanner.skip(UInt8(ascii: ",")) else { break }
        }
        return places
    }

    /// Without the white space that a word, which ends at a bracket, may have behind it.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound, DocumentScanner.isSpace(bytes[end - 1]) { end -= 1 }
        return range.lowerBound..<end
    }
}
