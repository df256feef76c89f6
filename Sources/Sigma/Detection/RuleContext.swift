internal import Diagnostics

/// What the reading of a rule's parts needs to know: where they stand, and the values of placeholders.
struct RuleContext: Sendable {
    let file: String
    var placeholders: [String: [String]] = [:]

    func place(_ mark: YAMLMark) -> Place { Place(file: file, line: mark.line) }

    func fault(_ problem: String, remedy: String, at mark: YAMLMark) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, at: place(mark))
    }

    /// The same fault, with its place.
    func placed(_ fault: Diagnostic, at mark: YAMLMark) -> Diagnostic {
        fault.place == nil ? Diagnostic(fault.problem, remedy: fault.remedy, kind: fault.kind, at: place(mark)) : fault
    }
}
