import Diagnostics

/// Who is typing: a person at the prompt, or a script.
enum ReadingMode: Hashable, Sendable { case interactive, batch }

/// What a piece of input turned out to be.
enum ReadLine: Hashable, Sendable {
    /// Words for the argument parser: leading options, the command's name, its arguments. The text of a command
    /// that takes text is one word, with `--` in front where it would pass for an option.
    case command([String])
    /// A question, without the `?` in front. The notice says when a command's name was passed over.
    case question(String, notice: String? = nil)
    /// `word` is no command, but `name` is and the rest fits it; `line` is the input with the name put right.
    case typo(word: String, name: String, line: String)
    /// The words were off; nothing is to be run.
    case error(Diagnostic)
}

/// One command or question of the input.
struct ReadSegment: Hashable, Sendable {
    let meaning: ReadLine
    /// As it was typed, for the record.
    let source: String
    /// The line of the input that it begins on, counted from 1.
    let line: Int
}
