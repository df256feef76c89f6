/// The text of an event in which keywords are looked for: its bytes as they came, and the same with JSON's escapes
/// resolved, so that a quote or a line end inside a value is found as it is meant.
struct EventText {
    private var raw = UnsafeRawBufferPointer(start: nil, count: 0)
    private var resolved: [UInt8] = []
    /// Lower-case copies of both.
    private var folded: [UInt8] = []
    private var resolvedFolded: [UInt8] = []
    private var isReady = false

    /// Takes another event; its bytes must stay where they are while it is asked for.
    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        raw = bytes
        isReady = false
    }

    mutating func matches(_ tests: TextTests) -> Bool {
        prepare()
        if tests.foldsLetters, folded.withUnsafeBytes(tests.matches(folded:)) { return true }
        if tests.readsLetters, tests.matches(exact: raw) { return true }
        guard !resolved.isEmpty else { return false }
        if tests.foldsLetters, resolvedFolded.withUnsafeBytes(tests.matches(folded:)) { return true }
        return tests.readsLetters && resolved.withUnsafeBytes(tests.matches(exact:))
    }

    private mutating func prepare() {
        guard !isReady else { return }
        isReady = true
        LetterCase.fold(raw, into: &folded)
        resolved.removeAll(keepingCapacity: true)
        guard raw.contains(UInt8(ascii: "\\")) else { return }
        EscapedText.resolve(raw, into: &resolved)
        resolved.withUnsafeBytes { LetterCase.fold($0, into: &resolvedFolded) }
    }
}
