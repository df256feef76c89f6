internal import Diagnostics

extension RuleFormat {
    /// A Sigma rule: `logsource` and `detection` (Sigma specification 2.0).
    static let sigmaRule = RuleFormat(
        recognises: { $0["logsource"] != nil || $0["detection"]?["condition"] != nil },
        read: { document, context, details throws(Diagnostic) in
            if let reason = otherSource(document["logsource"]) {
                return .skipped(
                    details,
                    Diagnostic(
                        "the rule `\(details.title.shown)` is for \(reason), not for Okta's log",
                        remedy: "Leave it out, or give it `product: okta`", at: details.place))
            }
            guard let detection = document["detection"], detection.pairs != nil else {
                throw context.fault(
                    "the rule has no `detection`", remedy: "Write its selections and a condition", at: document.mark)
            }
            return .rule(details.rule(try predicate(of: detection, context)))
        })

    /// The log that a rule is for, where that is not Okta's.
    private static func otherSource(_ logSource: YAMLNode?) -> String? {
        for key in ["product", "service"] {
            if let text = logSource?[key]?.text, !LetterCase.areSame(text, "okta") { return "\(key) \(text.shown)" }
        }
        return nil
    }

    private static func predicate(of detection: YAMLNode, _ context: RuleContext) throws(Diagnostic) -> Predicate {
        var reader = SelectionReader(context), selections: [(name: String, predicate: Predicate)] = []
        // `timeframe` belonged to the aggregations of Sigma 1, which a condition may not have.
        for pair in detection.pairs ?? [] where !["condition", "timeframe"].contains(pair.key) {
            selections.append((pair.key, try reader.predicate(of: pair.value)))
        }
        guard let condition = detection["condition"], !condition.texts.isEmpty else {
            throw context.fault(
                "the rule has no condition", remedy: "Write `condition: ` and a selection's name", at: detection.mark)
        }
        // Several conditions: one is enough.
        var alternatives: [Predicate] = []
        for text in condition.texts {
            do throws(Diagnostic) { alternatives.append(try Condition.predicate(text, over: selections)) } catch {
                throw context.placed(error, at: condition.mark)
            }
        }
        return .some(alternatives)
    }
}
