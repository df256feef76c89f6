/// A restriction that words of a question add, with what it means in one table.
struct AppliedQualifier {
    let name: String
    /// `nil` where the table cannot tell.
    let condition: HuntCondition?
    let isOutcome: Bool
    let words: Set<String>

    /// Those that a question's words make of a subject.
    ///
    /// - Parameters:
    ///   - words: What named the subject: a denied prompt says by itself how it ended.
    ///   - own: A condition in the table's own columns.
    static func all(
        _ reading: HuntReading, _ subject: HuntSubject, _ words: Set<String>, _ origin: String,
        _ own: (HuntCondition) -> HuntCondition?
    ) -> [AppliedQualifier] {
        HuntQualifier.all.compactMap { qualifier in
            if let used = qualifier.match(reading.negated) {
                let condition = qualifier.meanings[origin].flatMap(own).map { HuntCondition.not($0) }
                return AppliedQualifier(
                    name: "not \(qualifier.name)", condition: condition, isOutcome: false, words: used)
            }
            guard let used = qualifier.match(reading.meant), !(qualifier.isOutcome && isBoth(reading)),
                !(qualifier.isOutcome && subject.isChange && used.isSubset(of: words))
            else { return nil }
            let condition = qualifier.meanings[origin].flatMap(own)
            return AppliedQualifier(
                name: qualifier.name, condition: condition, isOutcome: qualifier.isOutcome, words: used)
        }
    }

    /// `failed and successful logins`: no event is both.
    static func isBoth(_ reading: HuntReading) -> Bool {
        reading.meant.contains("success") && !reading.meant.isDisjoint(with: ["failed", "denied"])
    }
}
