import Tables

/// A line looked at as English, to tell a question from a command that went wrong.
///
/// It reads as a sentence when all of these hold:
/// - it has at least three words;
/// - none of them is an option (`--x`, `-x`, `x=y`) or a path;
/// - one after the first is a function word (``EnglishWords/function``), other than the bare name of one of the
///   command's own options (`ingest okta since yesterday` lacks dashes, it asks nothing);
/// - none of them looks like an id, unless a function word follows the first word at once (`why did 8f3c …`).
struct Sentence {
    private let words: [String]
    private let endsAsQuestion: Bool

    init(_ text: String) {
        words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        endsAsQuestion = text.trimmedLast.map { "?？".contains($0) } ?? false
    }

    /// Whether the line asks something of someone who reads English.
    ///
    /// - Parameter options: The option names of the command that the line begins with.
    func asks(besides options: Set<String>) -> Bool { endsAsQuestion || readsAsSentence(besides: options) }

    /// Whether the line may well be meant as a question, so that the way to ask it is worth a hint.
    var mayAsk: Bool { words.count > 1 && !words.contains(where: Self.isOption) }

    private func readsAsSentence(besides options: Set<String>) -> Bool {
        guard words.count >= 3, !words.contains(where: Self.isOption), !words.contains(where: Self.isPath) else {
            return false
        }
        let functional = words.dropFirst().map { word in
            let core = Self.core(word)
            return EnglishWords.function.contains(core) && !options.contains("--" + core)
        }
        return functional.first == true || (functional.contains(true) && !words.contains(where: Self.isID))
    }

    /// A word in lower case without the punctuation around it and what follows an apostrophe.
    private static func core(_ word: String) -> String {
        let bare = word.lowercased().drop { !$0.isLetter && !$0.isNumber }.prefix { !"'’".contains($0) }
        return String(bare.reversed().drop { !$0.isLetter && !$0.isNumber }.reversed())
    }

    private static func isOption(_ word: String) -> Bool {
        word.contains("=") || LineCursor(word).isAtOption
    }

    private static let fileEndings = [
        ".json", ".ndjson", ".jsonl", ".csv", ".gz", ".yml", ".yaml", ".kql", ".md", ".html", ".wf",
    ]

    /// Something with a slash that is no network, or with the ending of a file we read or write.
    private static func isPath(_ word: String) -> Bool {
        let word = word.lowercased()
        if word.contains("/") { return !(word.first?.isNumber ?? false) }
        return word.hasPrefix("~") || fileEndings.contains { word.hasSuffix($0) }
    }

    /// A beginning of a finding's id, with a letter and a digit among its four characters or more (`8f3c`), or a
    /// numbered one (`evt-1001`). Dates and counts are none.
    private static func isID(_ word: String) -> Bool {
        guard word.count >= 4, word.contains(where: \.isNumber), Timestamp(word) == nil else { return false }
        if word.allSatisfy({ $0.isHexDigit || $0 == "-" }) { return word.contains(where: \.isLetter) }
        let parts = word.split(separator: "-")
        return parts.count == 2 && parts[0].allSatisfy(\.isLetter) && parts[1].allSatisfy(\.isNumber)
    }
}

extension String {
    /// The last character that is no blank and no closing quote or bracket.
    fileprivate var trimmedLast: Character? {
        last { !$0.isWhitespace && !"\"')".contains($0) }
    }
}
