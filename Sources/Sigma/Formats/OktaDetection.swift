internal import Diagnostics

extension RuleFormat {
    /// A detection of okta/customer-detections: a System Log filter under `detection.okta_systemlog.OIE`, beside
    /// queries for other products.
    static let oktaDetection = RuleFormat(
        recognises: { document in document["detection"]?.pairs != nil },
        read: { document, context, details throws(Diagnostic) in
            guard let filter = document["detection"]?["okta_systemlog"]?["OIE"], let text = filter.text else {
                return .skipped(
                    details,
                    Diagnostic(
                        "the detection `\(details.title.shown)` has no System Log filter",
                        remedy: "Write one under `detection.okta_systemlog.OIE`, or leave it out", at: details.place))
            }
            var details = details
            details.attack = Attack.techniques(in: techniqueTexts(document["threat"]?["Technique"]))
            do throws(Diagnostic) { return .rule(details.rule(try SystemLogFilter.predicate(text))) } catch {
                throw context.placed(error, at: filter.mark)
            }
        })

    /// `- T1078: Valid Accounts`, which YAML reads as a map, or the same as a text.
    private static func techniqueTexts(_ node: YAMLNode?) -> [String] {
        (node?.elements ?? []).flatMap { $0.pairs?.map(\.key) ?? $0.texts }
    }
}
