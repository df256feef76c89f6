/// The words of a question that say something, and that a query does not speak for. A query that passes over a number,
/// a negation or a comparison in silence answers another question.
struct UnusedWords {
    let reading: HuntReading
    let choice: HuntChoice
    let shape: HuntShape

    /// In the order of the question.
    var texts: [String] {
        reading.plain.indices.filter { !choice.named.contains($0) && isUnused($0) }.map { reading.tokens[$0].text }
    }

    /// What every row of a table tells of.
    private static let deeds: [String: Set<String>] = [
        "AuditLogs": ["changed"], "AzureActivity": ["changed"], "DeviceRegistryEvents": ["changed"],
        "DeviceFileEvents": ["changed"], "DeviceProcessEvents": ["started", "executed"],
    ]

    /// `by admin`, `which admins`: what is counted by.
    private func isCounted(_ index: Int) -> Bool {
        let before = index > 0 ? reading.plain[index - 1] : ""
        return shape.roles.contains(.user) && ["by", "per", "each", "which", "what", "active", "top"].contains(before)
    }

    private func isUnused(_ index: Int) -> Bool {
        let word = reading.plain[index]
        if word.isEmpty || reading.unknown.contains(index) || reading.negators.contains(index) { return false }
        if shape.spoken.contains(word) { return false }
        if let figure = Int(word) ?? TimeReader.numbers[word].flatMap({ Int($0) }) {
            return !shape.figures.contains(figure) && !(word == "one" && !reading.said.isEmpty && isPronoun(index))
        }
        if let known = reading.said[index] {
            return !known.isEmpty && !known.contains(where: isUsed) && !isCounted(index)
        }
        return Self.weighty.contains(word) && !isIdle(word, at: index)
    }

    // MARK: Words of the vocabulary

    private func isUsed(_ known: String) -> Bool {
        if choice.used.contains(known) || Self.plainNouns.contains(known) { return true }
        if known == "outcome", !choice.used.isDisjoint(with: ["failed", "success", "denied"]) { return true }
        if ["changed", "started", "executed"].contains(known) {
            return Self.deeds[choice.table]?.contains(known) ?? false
        }
        if known == "child", choice.entities.contains(where: { $0.role == .parent }) { return true }
        if known == "technique", choice.entities.contains(where: { $0.role == .category }) { return true }
        guard let role = HuntRole(noun: known), known != "admin" else { return false }
        return shape.roles.contains(role)
            || choice.entities.contains { $0.role == role || role == .process && $0.role == .parent }
    }

    /// What stands beside a name or for the rows themselves.
    private static let plainNouns: Set<String> = [
        "user", "host", "address", "event", "activity", "log", "operation", "source", "destination", "remote", "actor",
        "caller", "network", "title", "value",
    ]

    // MARK: Other words

    static let weighty: Set<String> = Set(
        ("not no never non except excluding exclude without other rather than isn't wasn't weren't aren't didn't"
            + " doesn't don't but minus more most less least few fewer many multiple mass bulk large larger bigger smaller lots"
            + " several different distinct unique same various both single top over under above below exceeding greater"
            + " since until till before after between during while within inside outside then first last latest"
            + " earliest oldest newest previous rare rarest common commonly frequent frequently busiest noisiest biggest highest"
            + " lowest unusual odd strange often hour hours minute minutes day days week weeks month months hourly"
            + " daily weekly today yesterday trend twice half longer shorter older").split(separator: " ").map(
                String.init))

    /// `over rdp`, `under HKLM\\…`, `at least` of what the shape tells, `than` of a comparison that is told anyway.
    private func isIdle(_ word: String, at index: Int) -> Bool {
        let next = reading.plain.indices.contains(index + 1) ? reading.plain[index + 1] : ""
        let isFigure = Int(next) != nil || TimeReader.numbers[next] != nil
        switch word {
        case "over", "under", "above", "below": return !isFigure
        case "than", "other", "rather":
            return reading.negators.contains(index - 1) || shape.spoken.contains("more")
                || reading.negators.contains(index)
        case "inside", "within", "during": return next.isEmpty && index + 1 < reading.plain.count
        default: return false
        }
    }

    /// `the one`, `this one`.
    private func isPronoun(_ index: Int) -> Bool {
        index > 0 && ["the", "this", "that", "which", "any", "no"].contains(reading.plain[index - 1])
    }
}
