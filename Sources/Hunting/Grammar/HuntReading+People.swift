// Names without a form: accounts and machines where unknown words stand as such.

extension HuntReading {
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

    /// Takes unknown words for accounts and machines where they stand as such.
    mutating func readPeople(_ catalog: HuntCatalog) {
        var left: [Int] = []
        var last: (place: Int, entity: HuntEntity)?
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
            notes.append(
                "`\(token.text)` was read as a \(entity.role.rawValue)\(entity.form == .orPlace ? " or a place" : "")")
        }
        unknown = left
    }

    private mutating func person(_ token: HuntToken, at index: Int, after one: HuntEntity?) -> HuntEntity? {
        if let one {
            return HuntEntity(one.role, [token.text], isExcluded: one.isExcluded, side: one.side, form: one.form)
        }
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
