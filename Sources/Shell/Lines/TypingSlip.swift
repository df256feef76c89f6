import Diagnostics

/// A first word that is no command, looked at as a slip of the fingers.
struct TypingSlip {
    private let word: String

    init(_ word: String) { self.word = word }

    /// The names it may have been meant for, most likely first: those one edit away, or the same in another case.
    /// None for words of fewer than four letters, ordinary English, and what ends in a question mark.
    func candidates(among names: [String]) -> [String] {
        guard word.filter(\.isLetter).count >= 4, word.last != "?" else { return [] }
        let lower = word.lowercased()
        if names.contains(lower) { return [lower] }
        guard !EnglishWords.begins(with: lower) else { return [] }
        return names.filter { abs($0.count - lower.count) <= 1 && $0.editDistance(to: lower) == 1 }.sorted()
    }
}
