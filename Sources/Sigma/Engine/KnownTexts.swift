internal import Tables

/// Texts of a field that were met before, and what tests said of them: most fields say the same again and again.
struct KnownTexts {
    private var pool = StringPool()
    /// By test and then by code: 0 for no, 1 for yes, else nobody asked.
    private var answers: [Int: [UInt8]] = [:]

    /// How many texts are kept, and how long one may be: what is rare is not worth the memory.
    private static let limit = 4096
    private static let lengthLimit = 512
    private static let unasked: UInt8 = 0xFF

    /// The code of a text; 0 where it is not kept.
    mutating func code(of text: UnsafeRawBufferPointer) -> Int {
        guard text.count <= Self.lengthLimit else { return 0 }
        return Int(pool.count <= Self.limit ? pool.code(adding: text) : pool.code(of: text) ?? 0)
    }

    /// What a test said of a text, where it was asked.
    func answer(_ test: Int, code: Int) -> Bool? {
        guard let known = answers[test], code < known.count, known[code] != Self.unasked else { return nil }
        return known[code] == 1
    }

    mutating func learn(_ answer: Bool, _ test: Int, code: Int) {
        var known = answers.removeValue(forKey: test) ?? []
        while known.count <= code { known.append(Self.unasked) }
        known[code] = answer ? 1 : 0
        answers[test] = known
    }
}
