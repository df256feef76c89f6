internal import Tables

/// What the words of a question say, before a table is chosen.
struct HuntReading {
    let tokens: [HuntToken]
    let range: HuntRange
    var entities: [HuntEntity]
    /// The words that mean something, in the vocabulary's form.
    private(set) var meant: Set<String> = []
    /// The words of the vocabulary that are negated, where that is a condition: `not informational`.
    private(set) var negated: Set<String> = []
    /// What each word was taken for, by its place.
    private(set) var said: [Int: [String]] = [:]
    /// Negations that some condition has taken up.
    var negators: Set<Int>
    /// Words that mean nothing here and are no part of a name or a time, with their places.
    var unknown: [Int] = []
    /// The words that are no part of a name or a time; the others are empty.
    let plain: [String]
    let names: EntityReader
    var notes: [String] = []
    /// Tables that the question names by their own names.
    private(set) var tables: [String] = []

    /// Questions beyond this many characters are cut.
    static let limit = 4_000

    init(_ question: String, _ catalog: HuntCatalog, _ limits: HuntLimits) {
        let tokens = HuntToken.tokens(of: String(question.prefix(Self.limit)))
        self.tokens = tokens
        let time = TimeReader(tokens, now: catalog.now, limits)
        names = EntityReader(tokens, taken: time.used)
        negators = names.negators
        range = time.range
        entities = names.entities
        let gone = time.used.union(names.used)
        plain = tokens.indices.map { gone.contains($0) || tokens[$0].isQuoted ? "" : tokens[$0].lower }
        readWords(catalog)
        readDroppedFiles()
        readPeople(catalog)
        if entities.contains(where: { $0.role == .application }) { meant.insert("app") }
        let isFileEvent = !meant.isDisjoint(with: ["deleted", "renamed", "created", "changed", "downloaded"])
        if isFileEvent, entities.contains(where: { $0.role == .file }) { meant.insert("file") }
    }

    func word(_ index: Int) -> String { plain.indices.contains(index) ? plain[index] : "" }

    // MARK: Words

    private mutating func readWords(_ catalog: HuntCatalog) {
        var index = 0
        while index < plain.count {
            if let (words, length) = phrase(at: index) {
                for place in index..<index + length { said[place] = [] }
                mean(words, at: index)
                index += length
                continue
            }
            readWord(at: index, catalog)
            index += 1
        }
    }

    private func phrase(at index: Int) -> (words: [String], length: Int)? {
        for phrase in HuntVocabulary.phrases
        where phrase.words.indices.allSatisfy({ word(index + $0) == phrase.words[$0] }) {
            return (phrase.word.split(separator: " ").map(String.init), phrase.words.count)
        }
        return nil
    }

    private mutating func readWord(at index: Int, _ catalog: HuntCatalog) {
        let word = plain[index]
        if word.isEmpty || Int(word) != nil || TimeReader.numbers[word] != nil { return }
        if let table = catalog.names.first(where: { $0.lowercased() == word }) {
            tables.append(table)
        } else if let known = HuntVocabulary.canonical(word) {
            mean([known], at: index)
        } else if HuntVocabulary.fillers.contains(word) || UnusedWords.weighty.contains(word)
            || word.allSatisfy({ !$0.isLetter })
        {
            return
        } else if isName(at: index) || HuntVocabulary.corrected(word) == nil {
            unknown.append(index)
        } else if let corrected = HuntVocabulary.corrected(word), let known = HuntVocabulary.canonical(corrected) {
            mean([known], at: index)
            notes.append("`\(word)` was read as `\(corrected)`")
        }
    }

    /// A connection that is dropped is denied; a file that is dropped is there.
    private mutating func readDroppedFiles() {
        let isFile = meant.contains("file") || entities.contains { [.file, .folder].contains($0.role) }
        guard isFile, let index = plain.firstIndex(where: { $0.hasPrefix("drop") }) else { return }
        meant.remove("denied")
        meant.insert("created")
        said[index] = ["created"]
    }

    /// Takes words of the vocabulary as meant, or as negated where `not` stands before them.
    private mutating func mean(_ words: [String], at index: Int) {
        said[index] = words
        let gap = ["be", "been", "the", "a", "an", "only"].contains(word(index - 1)) ? 2 : 1
        let isNegated = Negation.words.subtracting(["outside", "but"]).contains(word(index - gap))
        guard isNegated, let only = words.first, words.count == 1 else { return meant.formUnion(words) }
        if let contrary = Negation.contraries[only] {
            meant.insert(contrary)
            said[index] = [contrary]
        } else if Negation.conditions.contains(only) {
            negated.insert(only)
        } else {
            return meant.formUnion(words)
        }
        negators.insert(index - gap)
    }

    /// Whether a word that may be a slip stands where a name is expected.
    private func isName(at index: Int) -> Bool {
        ["user", "account", "by", "username"].contains(word(index - 1)) || tokens[index].isPossessive
            || tokens[index].text.contains { "._-".contains($0) }
    }
}
