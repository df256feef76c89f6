internal import Tables

/// What the words of a question say, before a table is chosen.
struct HuntReading {
    let tokens: [HuntToken]
    let range: HuntRange
    private(set) var entities: [HuntEntity]
    /// The words that mean something, in the vocabulary's form.
    private(set) var meant: Set<String> = []
    /// Words that mean nothing here and are no part of a name or a time, with their places.
    private(set) var unknown: [Int] = []
    /// The words that are no part of a name or a time; the others are empty.
    let plain: [String]
    private(set) var notes: [String] = []
    /// Tables that the question names by their own names.
    private(set) var tables: [String] = []

    /// Questions beyond this many characters are cut.
    static let limit = 4_000

    init(_ question: String, _ catalog: HuntCatalog, _ limits: HuntLimits) {
        let tokens = HuntToken.tokens(of: String(question.prefix(Self.limit)))
        self.tokens = tokens
        let time = TimeReader(tokens, now: catalog.now, limits)
        let names = EntityReader(tokens, taken: time.used)
        range = time.range
        entities = names.entities
        let gone = time.used.union(names.used)
        plain = tokens.indices.map { gone.contains($0) || tokens[$0].isQuoted ? "" : tokens[$0].lower }
        readWords(catalog)
        readPeople()
        if entities.contains(where: { $0.role == .application }) { meant.insert("app") }
    }

    private func word(_ index: Int) -> String { plain.indices.contains(index) ? plain[index] : "" }

    // MARK: Words

    private mutating func readWords(_ catalog: HuntCatalog) {
        var index = 0
        while index < plain.count {
            if let (words, length) = phrase(at: index) {
                meant.formUnion(words)
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
        if word.isEmpty || Int(word) != nil { return }
        if let table = catalog.names.first(where: { $0.lowercased() == word }) {
            tables.append(table)
        } else if let known = HuntVocabulary.canonical(word) {
            meant.insert(known)
        } else if HuntVocabulary.fillers.contains(word) || word.allSatisfy({ !$0.isLetter }) {
            return
        } else if isName(at: index) || HuntVocabulary.corrected(word) == nil {
            unknown.append(index)
        } else if let corrected = HuntVocabulary.corrected(word), let known = HuntVocabulary.canonical(corrected) {
            meant.insert(known)
            notes.append("`\(word)` was read as `\(corrected)`")
        }
    }

    /// Whether a word that may be a slip stands where a name is expected.
    private func isName(at index: Int) -> Bool {
        ["user", "account", "by", "username"].contains(word(index - 1)) || tokens[index].isPossessive
            || tokens[index].text.contains { "._-".contains($0) }
    }

    // MARK: Names without a form

    private static let beforeUsers: Set<String> = [
        "by", "user", "account", "username", "for", "of", "did", "does", "has", "have", "was", "is", "from", "about",
        "user:", "actor",
        "caller", "employee", "admin", "and", "or", "against", "with", "as",
    ]
    private static let beforeHosts: Set<String> = [
        "on", "host", "machine", "device", "server", "computer", "to", "onto", "at", "laptop", "pc", "endpoint",
        "workstation", "vm",
        "hostname", "box",
    ]

    /// Takes unknown words for accounts and machines where they stand as such.
    private mutating func readPeople() {
        var left: [Int] = []
        for index in unknown {
            let token = tokens[index], before = word(index - 1)
            guard token.text.utf8.count >= 2, let role = role(of: token, before, at: index) else {
                left.append(index)
                continue
            }
            let isExcluded = ["not", "except", "excluding"].contains(word(index - 2))
            entities.append(HuntEntity(role, [token.text], isExcluded: isExcluded, side: before == "by" ? .by : nil))
            notes.append("`\(token.text)` was read as a \(role.rawValue)")
        }
        unknown = left
    }

    private func role(of token: HuntToken, _ before: String, at index: Int) -> HuntRole? {
        if token.isPossessive { return .user }
        if word(index + 1) == "app" || word(index + 1) == "application" || ["app", "application"].contains(before) {
            return .application
        }
        if Self.beforeHosts.contains(before), !meant.contains("flow") || before != "to" { return .host }
        if Self.beforeUsers.contains(before) { return .user }
        let next = HuntVocabulary.canonical(word(index + 1)) ?? ""
        let isVerb =
            ["signin", "executed"].contains(next) && index > 0
            || ["failed", "success", "signin"].contains(next) && meant.contains("signin")
        return isVerb && token.text.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) } ? .user : nil
    }
}
