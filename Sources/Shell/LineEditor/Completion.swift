import Diagnostics

/// Where the user pressed Tab.
struct CompletionRequest: Hashable, Sendable {
    let line: String
    /// The characters of `line` before the cursor.
    let cursor: Int

    /// The part of the line that completion looks at.
    var beforeCursor: String { String(line.prefix(cursor)) }
}

/// What could stand where the cursor is.
struct Completion: Hashable, Sendable {
    /// Whole words, each to replace the text from `wordStart` to the cursor. Order is kept.
    var candidates: [String]
    /// The characters of the line before the word.
    var wordStart: Int
    /// Added after a unique match: a blank, `/`, or nothing.
    var suffix: String

    init(candidates: [String], wordStart: Int, suffix: String = " ") {
        self.candidates = candidates
        self.wordStart = wordStart
        self.suffix = suffix
    }

    static let none = Completion(candidates: [], wordStart: 0)
}

/// What Tab does to the line.
enum CompletionStep: Hashable, Sendable {
    case nothing
    /// Removes that many Unicode scalars before the cursor, then inserts the text.
    case insert(String, removing: Int)
    /// Nothing can be added: the candidates are shown.
    case list([String])

    /// A unique candidate is inserted with the suffix; of several, their common beginning; when that adds
    /// nothing, they are listed.
    init(_ completion: Completion, for request: CompletionRequest) {
        let before = Array(request.beforeCursor)
        let word = String(before.dropFirst(max(0, completion.wordStart)))
        guard let first = completion.candidates.first else { self = .nothing; return }
        if completion.candidates.allSatisfy({ $0 == first }) {
            let rest = request.line.dropFirst(request.cursor)
            let suffix = rest.hasPrefix(completion.suffix) ? "" : completion.suffix
            self = .replacing(word, with: first + suffix) ?? .nothing
        } else {
            let common = completion.candidates.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
            let extends = common.count > word.count || (common.count == word.count && common != word)
            self = (extends ? .replacing(word, with: common) : nil) ?? .list(completion.candidates)
        }
    }

    /// The smallest edit from one word to another; `nil` when they are equal.
    private static func replacing(_ word: String, with text: String) -> CompletionStep? {
        let kept = zip(word.unicodeScalars, text.unicodeScalars).prefix { $0 == $1 }.count
        let added = String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(kept)))
        let removed = word.unicodeScalars.count - kept
        return added.isEmpty && removed == 0 ? nil : .insert(added, removing: removed)
    }
}

/// The candidates as text in columns.
enum CandidateList {
    /// More would not help to choose.
    static let limit = 100

    /// Lines of columns, filled downwards and no wider than `width`, each ending in a newline.
    static func text(_ candidates: [String], width: Int) -> String {
        let shown = candidates.prefix(limit).map { $0.visible(limit: max(4, width - 1)) }
        let column = (shown.map(\.terminalColumns).max() ?? 0) + 2
        let columns = max(1, (width + 1) / column)
        let rows = (shown.count + columns - 1) / columns
        var text = ""
        for row in 0..<rows {
            let cells = stride(from: row, to: shown.count, by: rows).map { shown[$0] }
            let line = cells.dropLast().map { $0.padded(toColumns: column) } + cells.suffix(1)
            text += line.joined() + "\n"
        }
        let more = candidates.count - shown.count
        return more > 0 ? text + "… \(more) more\n" : text
    }
}

extension String {
    /// The characters that both texts begin with.
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
