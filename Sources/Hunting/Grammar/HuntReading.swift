internal import Tables

/// What the words of a question say, before a table is chosen.
struct HuntReading {
    let tokens: [HuntToken]
    let range: HuntRange
    private(set) var entities: [HuntEntity]
    /// The words that mean something, in the vocabulary's form.
    private(set) var meant: Set<String> = []
    /// The words of the vocabulary that are negated, where that is a condition: `not informational`.
    private(set) var negated: Set<String> = []
    /// What each word was taken for, by its place.
    private(set) var said: [Int: [String]] = [:]
    /// Negations that some condition has taken up.
    private(set) var negators: Set<Int>
    /// Words that mean nothing here and are no part of a name or a time, with their places.
    private(set) var unknown: [Int] = []
    /// The words that are no part of a name or a time; the others are empty.
    let plain: [String]
    private let names: EntityReader
    private(set) var notes: [String] = []
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

    private func word(_ index: Int) -> String { plain.indices.contains(index) ? plain[index] : "" }

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
        } else if HuntVocabulary.fillers.contains(word) || UnusedWords.weighty.contains(word) || word.allSatisfy({ !$0.isLetter }) {
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

    // MARK: Names without a form

    private static let beforeUsers: Set<String> = [
        "by", "user", "account", "username", "for", "of", "did", "does", "has", "have", "was", "is", "from", "about",
        "user:", "actor",
        "caller", "employee", "admin", "under", "and", "or", "against", "with", "as",
    ]
    private static let beforeHosts: Set<String> = [
        "on", "host", "machine", "device", "server", "computer", "to", "onto", "at", "laptop", "pc", "endpoint",
        "workstation", "vm",
        "hostname", "box",
    ]
}

// MARK: Names without a form

extension HuntReading {
    /// Takes unknown words for accounts and machines where they stand as such.
    private mutating func readPeople(_ catalog: HuntCatalog) {
        var left: [Int] = [], last: (place: Int, entity: HuntEntity)?
        for index in unknown {
            let token = tokens[index]
            let gap = Negation.isConjunction(word(index - 1)) ? 2 : 1
            let others = names.entities.indices.filter { names.places[$0].upperBound == index - gap }
                .map { names.entities[$0] }.filter { [.user, .host].contains($0.role) }
            // `jdoe, asmith and bkim`: what one of them is, the next is too.
            let one = last?.place == index - gap ? last?.entity : others.first
            guard token.text.utf8.count >= 2, !GroupColumns.isNamed(at: index, plain, catalog),
                let entity = person(token, at: index, after: one)
            else {
                left.append(index)
                continue
            }
            last = (index, entity)
            entities.append(entity)
            notes.append("`\(token.text)` was read as a \(entity.role.rawValue)\(entity.form == .orPlace ? " or a place" : "")")
        }
        unknown = left
    }

    private mutating func person(_ token: HuntToken, at index: Int, after one: HuntEntity?) -> HuntEntity? {
        if let one { return HuntEntity(one.role, [token.text], isExcluded: one.isExcluded, side: one.side, form: one.form) }
        let before = word(index - 1)
        guard let role = role(of: token, before: before, at: index) else { return nil }
        let negator = names.negator(of: index)
        negators.formUnion([negator].compactMap { $0 })
        let isPlace = role == .user && before == "from" && token.text.allSatisfy(\.isLetter)
        return HuntEntity(
            role, [token.text], isExcluded: negator != nil, side: before == "by" ? .by : nil,
            form: isPlace ? .orPlace : .plain)
    }

    private func role(of token: HuntToken, before: String, at index: Int) -> HuntRole? {
        if token.isPossessive { return .user }
        if TimeReader.numbers[token.lower] != nil || HuntZone(token.text) != nil { return nil }
        if word(index + 1) == "app" || word(index + 1) == "application" || ["app", "application"].contains(before) {
            return .application
        }
        if Self.beforeHosts.contains(before), !meant.contains("flow") || before != "to" { return .host }
        if Self.beforeUsers.contains(before) { return .user }
        let next = HuntVocabulary.canonical(word(index + 1)) ?? ""
        let isVerb =
            ["signin", "executed"].contains(next) && index > 0
            || ["failed", "success", "signin"].contains(next) && meant.contains("signin")
        let hasForm = token.text.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
        return hasForm && (isVerb || isBare(index)) ? .user : nil
    }

    /// `okta logins jdoe`, `push denied jdoe`: the one word that is not understood, behind what accounts do.
    private func isBare(_ index: Int) -> Bool {
        let deeds = ["signin", "failed", "success", "denied", "mfa", "push", "okta", "entra", "locked", "activity"]
        guard unknown.count == 1, let before = HuntVocabulary.canonical(word(index - 1)), deeds.contains(before) else {
            return false
        }
        return ["", "from", "on", "in", "at", "to", "with", "via", "over"].contains(word(index + 1))
            && !entities.contains { $0.role == .user }
    }
}
