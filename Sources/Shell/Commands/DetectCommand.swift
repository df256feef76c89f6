import ArgumentParser
import Detection
import Diagnostics
import Investigation

/// Runs the detectors.
struct DetectCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect", abstract: "Run the detectors and print the findings.")

    @Option(help: ArgumentHelp("Only these detectors, apart by commas.", valueName: "id,…")) var only: String?
    @Option(
        help: ArgumentHelp("Suppressions that count besides those of the data folder.", valueName: "file"),
        completion: .file())
    var suppressions: String?
    @OptionGroup var global: GlobalOptions

    private var ids: [String] { only?.split(separator: ",").map(String.init) ?? [] }

    func validate() throws {
        let known = Detectors.all.map(\.id)
        for id in ids where !known.contains(id) {
            throw ValidationError("There is no detector `\(id)`. \(known.remedy(for: id))")
        }
    }

    func run(in console: Console) async throws {
        try await console.perform(.detect(DetectRequest(only: ids, suppressions: suppressions)), options: global)
    }
}
