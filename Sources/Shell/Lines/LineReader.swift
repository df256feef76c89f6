import Diagnostics

/// Turns what was typed into commands and questions, by the rules of the contract (*How a line is read*).
///
/// ```swift
/// let reader = LineReader(vocabulary: table, mode: .interactive)
/// reader.read("detect; who is bob").map(\.meaning)  // [.command(["detect"]), .question("who is bob")]
/// ```
///
/// It runs nothing and asks nobody: whether arguments fit is the vocabulary's word.
struct LineReader {
    let vocabulary: any CommandVocabulary
    let mode: ReadingMode
    /// Named in errors of a batch: the script, or `-c`.
    let file: String?

    init(vocabulary: any CommandVocabulary, mode: ReadingMode, file: String? = nil) {
        self.vocabulary = vocabulary
        self.mode = mode
        self.file = file
    }

    /// Everything in the input, in order; nothing for blank lines and comments.
    ///
    /// After an unbalanced quote the rest of its line is passed over. In a batch an `error` anywhere means that
    /// nothing may be run.
    func read(_ input: String) -> [ReadSegment] {
        var pass = ReadingPass(reader: self, input: input)
        return pass.segments()
    }

    /// Whether the input ends inside a KQL query, so that the prompt should ask for another line.
    func wantsMore(after input: String) -> Bool {
        var pass = ReadingPass(reader: self, input: input)
        _ = pass.segments()
        return pass.endsInsideQuery
    }
}
