internal import Diagnostics
internal import Tables

/// Gathers the rules of texts, one after another.
struct RuleReader {
    private(set) var rules: [Rule] = []
    private(set) var queries: [QueryRule] = []
    private(set) var refusals: [Diagnostic] = []
    private(set) var skipped: [Diagnostic] = []
    /// Ids and names of rules that are not for Okta's log.
    private(set) var passedOver: Set<ByteText> = []

    private let placeholders: [String: [String]]
    private var places: [ByteText: Place] = [:]
    private var names: Set<ByteText> = []

    init(placeholders: [String: [String]]) { self.placeholders = placeholders }

    /// Reads a text; one of a name that was read before is passed over.
    mutating func read(_ text: RuleText) {
        guard names.insert(ByteText(text.name)).inserted else { return }
        if FilterLines.recognises(text.bytes) {
            for result in FilterLines.read(text) {
                switch result {
                case .success(let rule): if isNew(rule) { rules.append(rule) }
                case .failure(let refusal): refusals.append(refusal)
                }
            }
        } else {
            readDocuments(text)
        }
    }

    private mutating func readDocuments(_ text: RuleText) {
        let context = RuleContext(file: text.name, placeholders: placeholders)
        let yaml = YAMLDocuments(text.bytes, file: text.name)
        let documents = yaml.documents.filter { $0.scalar?.isNull != true }
        for (index, document) in documents.enumerated() {
            let fallbackID = documents.count == 1 ? text.stem : "\(text.stem)#\(index + 1)"
            do throws(Diagnostic) {
                switch try RuleFormats.read(document, context, fallbackID: fallbackID) {
                case .rule(let rule): if isNew(rule) { rules.append(rule) }
                case .query(let query): if isNew(query.rule) { queries.append(query) }
                case .skipped(let details, let reason):
                    skipped.append(reason)
                    passedOver.formUnion([details.id, details.name].compactMap { $0.map(ByteText.init) })
                }
            } catch {
                refusals.append(error)
            }
        }
        if let fault = yaml.fault {
            refusals.append(fault)
        } else if documents.isEmpty {
            refusals.append(
                Diagnostic(
                    "the file has no rule", remedy: "Write one, or leave the file out", at: Place(file: text.name)))
        }
    }

    /// Whether no rule before has its id; else it is refused.
    private mutating func isNew(_ rule: Rule) -> Bool {
        if let first = places[ByteText(rule.id)] {
            refusals.append(
                Diagnostic(
                    "the rule `\(rule.title.shown)` has the id `\(rule.id.shown)` of the rule at \(first)",
                    remedy: "Leave one of them out, or give it another id", at: rule.place))
            return false
        }
        places[ByteText(rule.id)] = rule.place
        return true
    }
}
