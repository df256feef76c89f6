public import Diagnostics
internal import Foundation

/// The texts that tell a model what to do: built in, or replaced by files of the user.
///
/// A file `<folder>/<name>.md` takes the place of the built-in text of that name.
///
/// ```swift
/// let prompts = PromptText(overrides: "/home/ana/.config/watchfloor/prompts")
/// let text = try prompts.text(.router)
/// ```
public struct PromptText: Sendable {
    /// The texts there are; the raw value is the file's name without its extension.
    public enum Name: String, CaseIterable, Sendable {
        case router
        case riskAgent = "risk_agent"
        case plannerAgent = "planner_agent"
        case answer
        /// Asks for a usable reply; `{reason}` stands for what was wrong.
        case repair
        /// Makes a KQL query of a question.
        case hunt
        /// Asks for another query; `{reason}` stands for what is wrong with the last.
        case huntRepair = "hunt_repair"
        /// Judges the rows that a hunt gave.
        case huntAnalysis = "hunt_analysis"
    }

    /// The folder of the user's own texts.
    public let overrides: String?

    /// The largest file that is taken for a prompt, in bytes.
    static let sizeLimit = 64 << 10

    /// - Parameter overrides: A folder that need not exist; `nil` for the built-in texts alone.
    public init(overrides: String? = nil) { self.overrides = overrides }

    /// One text; the user's file is read anew each time.
    ///
    /// - Throws: When the user's file is there but cannot be used.
    public func text(_ name: Name) throws(Diagnostic) -> String {
        guard let file = overrides.map({ "\($0)/\(name.rawValue).md" }), FileManager.default.fileExists(atPath: file) else {
            return Self.builtIn(name)
        }
        guard let data = FileManager.default.contents(atPath: file), data.count <= Self.sizeLimit,
            let text = String(data: data, encoding: .utf8), text.contains(where: { !$0.isWhitespace })
        else {
            throw Diagnostic(
                "the prompt `\(file)` is not a text of at most \(Self.sizeLimit / 1024) KiB that can be read",
                remedy: "Mend the file, or remove it to use the built-in text", at: Place(file: file))
        }
        return text
    }

    /// The text that is part of the program.
    public static func builtIn(_ name: Name) -> String {
        let bytes =
            switch name {
            case .router: PackageResources.router_md
            case .riskAgent: PackageResources.risk_agent_md
            case .plannerAgent: PackageResources.planner_agent_md
            case .answer: PackageResources.answer_md
            case .repair: PackageResources.repair_md
            case .hunt: PackageResources.hunt_md
            case .huntRepair: PackageResources.hunt_repair_md
            case .huntAnalysis: PackageResources.hunt_analysis_md
            }
        return String(decoding: bytes, as: UTF8.self)
    }
}
