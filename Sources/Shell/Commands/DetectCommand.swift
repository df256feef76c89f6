import ArgumentParser
import Detection
import Diagnostics
import Investigation

/// Runs detectors and rules.
struct DetectCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect", abstract: "Run the detectors and rules, and print the findings.",
        discussion: """
            --rules takes Sigma rules and correlations, Okta's own detections (YAML), and NDJSON of System Log filters, as a \
            file, a folder or a pattern. A rule that cannot be understood is refused with file, line and reason; the others \
            run. Values for Sigma's placeholders stand in config.json: {"placeholders": {"Administrators": ["ann@example.com"]}}.
            """)
    static let completes = CompletionKind.files

    @Option(help: ArgumentHelp("Rules of your own, beside the built-in ones (repeatable).", valueName: "path"), completion: .file())
    var rules: [String] = []
    @Option(help: ArgumentHelp("Only these detectors and rules, apart by commas.", valueName: "id,…")) var only: String?
    @Flag(help: "Without the built-in detectors and rules.") var noBuiltin = false
    @Option(
        help: ArgumentHelp("Suppressions that count besides those of the data folder.", valueName: "file"),
        completion: .file())
    var suppressions: String?
    @OptionGroup var global: GlobalOptions

    private var ids: [String] { only?.split(separator: ",").map(String.init) ?? [] }

    func validate() throws {
        if noBuiltin, rules.isEmpty { throw ValidationError("--no-builtin leaves nothing to run: name rules with --rules.") }
        guard rules.isEmpty else { return }
        let known = Detectors.all.map(\.id) + BuiltInRules.names
        for id in ids where !known.contains(id) {
            throw ValidationError("There is no detector or rule `\(id)`. \(known.remedy(for: id))")
        }
    }

    func run(in console: Console) async throws {
        let request = DetectRequest(only: ids, rules: rules, usesBuiltIn: !noBuiltin, suppressions: suppressions)
        try await console.perform(.detect(request), options: global)
    }
}
