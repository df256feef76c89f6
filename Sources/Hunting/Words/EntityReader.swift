/// Finds what a question names, and the words that name it.
struct EntityReader {
    private(set) var entities: [HuntEntity] = []
    /// The words that are part of a name.
    private(set) var used: Set<Int> = []
    /// Where each of the entities stands.
    private(set) var places: [ClosedRange<Int>] = []
    /// The words that leave something out, such as `not`.
    private(set) var negators: Set<Int> = []

    let tokens: [HuntToken]
    private let taken: Set<Int>

    /// - Parameter taken: Words that tell the time.
    init(_ tokens: [HuntToken], taken: Set<Int>) {
        self.tokens = tokens
        self.taken = taken
        readPorts()
        readFolders()
        readApplications()
        readCountries()
        readResults()
        readRegistryKeys()
        for index in tokens.indices where isFree(index) { readForm(at: index) }
        excludeAlternatives()
    }

    func word(_ index: Int) -> String {
        tokens.indices.contains(index) && !tokens[index].isQuoted ? tokens[index].lower : ""
    }

    func isFree(_ index: Int) -> Bool {
        tokens.indices.contains(index) && !taken.contains(index) && !used.contains(index)
    }

    /// `not from france or germany` leaves out both.
    private mutating func excludeAlternatives() {
        for index in entities.indices.sorted(by: { places[$0].lowerBound < places[$1].lowerBound }) {
            let before = entities.indices.filter { places[$0].upperBound < places[index].lowerBound }
            guard let last = before.max(by: { places[$0].upperBound < places[$1].upperBound }),
                entities[last].isExcluded, entities[last].role == entities[index].role,
                (places[last].upperBound + 1..<places[index].lowerBound).allSatisfy({
                    Negation.isConjunction(word($0)) || Negation.links.contains(word($0))
                })
            else { continue }
            entities[index] = entities[index].with(isExcluded: true)
        }
    }

    /// Takes a name, with what stands before it.
    mutating func add(_ entity: HuntEntity, _ indices: some Sequence<Int>) {
        let all = Set(indices)
        used.formUnion(all)
        let first = all.min() ?? 0
        let negator = negator(of: first)
        if let negator { negators.insert(negator) }
        entities.append(entity.with(isExcluded: negator != nil, side: side(first)))
        places.append(first...max(first, all.max() ?? first))
    }

    private func side(_ first: Int) -> HuntEntity.Side?? {
        for back in 1...5 {
            switch word(first - back) {
            case "from": return .some(.from)
            case "to", "into", "towards", "toward": return .some(.to)
            case "by": return .some(.by)
            case "someone", "anyone", "anybody", "somebody", "other", "than", "but", "except", "not": continue
            case "or", "and", "ip", "address", "the", "host", "port", "ips": continue
            case _ where used.contains(first - back): continue
            default: return .some(nil)
            }
        }
        return .some(nil)
    }

    private mutating func readForm(at index: Int) {
        let token = tokens[index]
        if let entity = EntityForms.read(token) {
            add(inContext(entity, at: index), [index])
        } else if token.isQuoted || isParameter(token.lower) {
            add(HuntEntity(.command, [token.text], form: .part), [index])
        } else if HuntPrograms.ambiguous.contains(token.lower), let files = HuntPrograms.files(of: token.lower),
            isProgram(index)
        {
            add(HuntEntity(.process, files), [index])
        } else if isAgent(token.lower, at: index) {
            add(HuntEntity(.agent, [token.text], form: .part), [index])
        }
    }

    /// `-EncodedCommand`: a word of a command line.
    private func isParameter(_ lower: String) -> Bool {
        lower.wholeMatch(of: #/--?[a-z][a-z-]{2,30}/#) != nil
    }

    /// A dotted name is a host where a host is spoken of.
    private func inContext(_ entity: HuntEntity, at index: Int) -> HuntEntity {
        let before = word(index - 1)
        if entity.form == .dotted, ["on", "host", "device", "machine", "server", "computer", "onto"].contains(before) {
            return entity.with(role: .host)
        }
        // `jane.roe signed in`: a dotted name that no domain has.
        if entity.form == .dotted, entity.role == .domain, !PrivateAddresses.isDomain(tokens[index].lower),
            tokens[index].text.count(where: { $0 == "." }) == 1,
            ["signin", "failed", "executed"].contains(HuntVocabulary.canonical(word(index + 1)) ?? "")
                || ["signed", "logged", "sign", "log"].contains(word(index + 1))
        {
            return HuntEntity(.user, [tokens[index].text])
        }
        if entity.form == .dotted, entity.role == .domain, !PrivateAddresses.isDomain(tokens[index].lower),
            ["by", "user", "account", "for", "did", "of", "does", "has"].contains(before)
        {
            return HuntEntity(.user, [tokens[index].text])
        }
        let isAccount = ["user", "account", "username", "login"].contains(before)
        return isAccount && [.host, .process, .domain].contains(entity.role) && entity.form != .tool
            ? HuntEntity(.user, [tokens[index].text]) : entity
    }

    private func isProgram(_ index: Int) -> Bool {
        let near = [word(index - 1), word(index + 1)].compactMap { HuntVocabulary.canonical($0) }
        return near.contains { ["process", "executed", "command", "started"].contains($0) }
            || ["by"].contains(word(index - 1))
    }

    private static let agents: Set<String> = [
        "python-requests", "curl", "go-http-client", "axios", "okhttp", "aiohttp", "python-urllib", "node-fetch",
        "headlesschrome",
        "libwww-perl", "postmanruntime", "evilginx", "roadtools", "aadinternals", "fasthttp",
    ]

    private func isAgent(_ lower: String, at index: Int) -> Bool {
        if Self.agents.contains(lower) { return true }
        let isUnknown = HuntVocabulary.canonical(lower) == nil && !HuntVocabulary.fillers.contains(lower)
        let follows =
            word(index + 1) == "user" && word(index + 2).hasPrefix("agent")
            || ["useragent", "user-agent", "useragents"].contains(word(index + 1))
        let precedes =
            word(index - 2) == "user" && word(index - 1).hasPrefix("agent")
            || ["useragent", "user-agent"].contains(word(index - 1))
        return isUnknown && (follows || precedes)
    }
}
