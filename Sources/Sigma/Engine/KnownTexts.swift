internal import Tables

/// Texts of a field that were met before: most fields say the same again and again.
struct KnownTexts {
    private var pool = StringPool()

    /// How many texts are kept, and how long one may be: what is rare is not worth the memory.
    static let limit = 4096
    private static let lengthLimit = 512

    /// The code of a text, at most ``limit``; 0 where it is not kept.
    mutating func code(of text: UnsafeRawBufferPointer) -> Int {
        guard text.count <= Self.lengthLimit else { return 0 }
        return Int(pool.count <= Self.limit ? pool.code(adding: text) : pool.code(of: text) ?? 0)
    }
}

/// What tests said of known texts.
struct KnownAnswers {
    /// By test: where its answers begin; -1 until the first one.
    private var starts: [Int] = []
    /// By code of the text: 0 for no, 1 for yes, else nobody asked.
    private var answers: [UInt8] = []

    private static let unasked: UInt8 = 0xFF

    /// What a test said of a text, where it was asked.
    func answer(_ test: Int, code: Int) -> Bool? {
        guard test < starts.count, starts[test] >= 0 else { return nil }
        let answer = answers[starts[test] + code]
        return answer == Self.unasked ? nil : answer == 1
    }

    mutating func learn(_ answer: Bool, _ test: Int, code: Int) {
        while starts.count <= test { starts.append(-1) }
        if starts[test] < 0 {
            starts[test] = answers.count
            answers.append(contentsOf: repeatElement(Self.unasked, count: KnownTexts.limit + 1))
        }
        answers[starts[test] + code] = answer ? 1 : 0
    }
}
