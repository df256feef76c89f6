import Diagnostics

/// A place in one line of input, from which words or text are taken.
struct LineCursor: Hashable {
    let characters: [Character]
    var position = 0

    init(_ line: some StringProtocol) { characters = Array(line) }

    var current: Character? { position < characters.count ? characters[position] : nil }
    private var next: Character? { position + 1 < characters.count ? characters[position + 1] : nil }

    mutating func skipBlanks() {
        while let character = current, character.isWhitespace { position += 1 }
    }

    /// Past blanks and `;`, to the beginning of the next command; `false` at the end of the line.
    mutating func skipToCommand() -> Bool {
        while let character = current, character.isWhitespace || character == ";" { position += 1 }
        return current != nil
    }

    /// Whether an option begins here: a dash and a letter or another dash. `-5` and a lone `-` are none.
    var isAtOption: Bool {
        guard current == "-", let next else { return false }
        return next == "-" || next.isLetter
    }

    /// The characters up to a blank or `;`, whatever they are; the cursor stays.
    var bareWord: String {
        String(characters[position...].prefix { !$0.isWhitespace && $0 != ";" })
    }

    /// The rest of the line.
    mutating func rest() -> String {
        defer { position = characters.count }
        return String(characters[position...])
    }
}

// MARK: Words, as a shell splits them

/// Why a line cannot be split into words.
struct LineFault: Error, Hashable {
    let problem: String
    let remedy: String
}

extension LineCursor {
    /// The words up to `;` or the end of the line.
    mutating func words() throws(LineFault) -> [String] {
        var words: [String] = []
        while let word = try word() { words.append(word) }
        return words
    }

    /// The next word, without its quotes and backslashes; `nil` before `;` and at the end of the line.
    mutating func word() throws(LineFault) -> String? {
        skipBlanks()
        guard let first = current, first != ";" else { return nil }
        var word = ""
        while let character = current, !character.isWhitespace, character != ";" {
            switch character {
            case "'", "\"": word += try quoted(by: character)
            case "\\": word.append(try escaped())
            default:
                word.append(character)
                position += 1
            }
        }
        return word
    }

    private mutating func quoted(by quote: Character) throws(LineFault) -> String {
        let column = position + 1
        var text = ""
        position += 1
        while let character = current, character != quote {
            if quote == "\"", character == "\\", let next, "\"\\".contains(next) { position += 1 }
            text.append(characters[position])
            position += 1
        }
        guard current != nil else {
            throw LineFault(
                problem: "the quote \(quote) at column \(column) has no partner",
                remedy: "Close it, or write \\\(quote) for the character itself")
        }
        position += 1
        return text
    }

    private mutating func escaped() throws(LineFault) -> Character {
        guard let next else {
            throw LineFault(
                problem: "the backslash at column \(position + 1) has nothing after it",
                remedy: "Remove it, or write \\\\ for the character itself")
        }
        position += 2
        return next
    }
}

// MARK: Text, as people write it

extension LineCursor {
    /// The text up to a `;` outside of quotes, trimmed, without quotes around the whole of it.
    ///
    /// A quote counts only at the beginning of a word and when it has a partner, so that `who's bob` is text.
    /// `\;` is a semicolon of the text.
    mutating func text() -> String {
        skipBlanks()
        let start = position
        var text: [Character] = []
        while let character = current, character != ";" {
            let taken = character == "\\" && next == ";" ? 2 : spanOfQuote(from: start)
            text += taken == 2 && character == "\\" ? [";"] : characters[position..<position + taken]
            position += taken
        }
        return String(Self.unwrapped(text.trimmed))
    }

    /// How many characters stand together here: a whole quotation, or one.
    private func spanOfQuote(from start: Int) -> Int {
        let beginsWord = position == start || characters[position - 1].isWhitespace
        guard beginsWord, let partner = Self.partner(of: position, in: characters) else { return 1 }
        return partner - position + 1
    }

    /// The quote that closes the one at `index`: the next of its kind that is not escaped and not an apostrophe
    /// inside a word.
    private static func partner(of index: Int, in characters: [Character]) -> Int? {
        let quote = characters[index]
        guard quote == "\"" || quote == "'" else { return nil }
        return characters.indices.dropFirst(index + 1).first { place in
            guard characters[place] == quote else { return false }
            let after = place + 1 < characters.count ? characters[place + 1] : " "
            let before = characters[place - 1]
            return before != "\\" && !(isOfWord(before) && isOfWord(after))
        }
    }

    private static func isOfWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    private static func unwrapped(_ text: [Character]) -> [Character] {
        guard text.count > 1, let quote = text.first, partner(of: 0, in: text) == text.count - 1 else { return text }
        let inside = text.dropFirst().dropLast()
        return inside.indices.filter { place in
            !(inside[place] == "\\" && place + 1 < inside.endIndex && inside[place + 1] == quote)
        }.map { inside[$0] }
    }
}

extension [Character] {
    /// Without the blanks around it.
    var trimmed: [Character] {
        Array(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
