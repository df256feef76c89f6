internal import Diagnostics

/// A kind of YAML document that holds a rule.
struct RuleFormat: Sendable {
    /// Whether a document is of this kind.
    let recognises: @Sendable (YAMLNode) -> Bool
    let read: @Sendable (YAMLNode, RuleContext, _ details: RuleDetails) throws(Diagnostic) -> RuleReading
}

/// What became of a document that was understood.
enum RuleReading: Sendable {
    case rule(Rule)
    case query(QueryRule)
    /// It is not for Okta's log, and why not.
    case skipped(RuleDetails, Diagnostic)
}

/// The kinds of documents, tried in order. To add one: one file in `Formats/`, one line here.
enum RuleFormats {
    static let all: [RuleFormat] = [
        .sigmaCorrelation,
        .sigmaRule,
        .oktaDetection,
        .sentinelRule,
    ]

    /// Reads one document.
    static func read(_ document: YAMLNode, _ context: RuleContext, fallbackID: String) throws(Diagnostic) -> RuleReading
    {
        guard document.pairs != nil else {
            throw context.fault(
                "the document is \(document.kind), not a rule", remedy: "A rule is a map that begins with `title:`",
                at: document.mark)
        }
        for (key, remedy) in unread where document[key] != nil {
            throw context.fault("the document has `\(key)`, which is not read", remedy: remedy, at: document.mark)
        }
        guard let format = all.first(where: { $0.recognises(document) }) else {
            throw context.fault(
                "the document is no rule: it has neither `detection` nor `correlation` nor `query`",
                remedy: "Write a Sigma rule, a Sigma correlation, an Okta detection or a rule of Sentinel",
                at: document.mark)
        }
        return try format.read(document, context, RuleDetails(document, context, fallbackID: fallbackID))
    }

    /// Kinds of Sigma documents that change other documents: running those without them would mean something else.
    private static let unread = [
        ("filter", "Write the exclusion into the rules themselves"),
        ("action", "Sigma 2 has no rule collections: write each rule in full"),
    ]
}
