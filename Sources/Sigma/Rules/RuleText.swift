public import Diagnostics
internal import Events

/// The text of a file of rules, whatever its format.
public struct RuleText: Sendable {
    /// What to call it in messages; its last part without the extension names rules that have no id.
    public let name: String
    /// What the file holds.
    public let bytes: [UInt8]

    /// A text from anywhere; nothing is read yet.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// How large a file may be, in bytes.
    static let sizeLimit = 16 << 20

    /// The name without folders and extension.
    var stem: String {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        return last.lastIndex(of: ".").flatMap { $0 == last.startIndex ? nil : String(last[..<$0]) } ?? last
    }
}

extension RuleText {
    private static let extensions = ["yml", "yaml", "json", "ndjson", "jsonl"]

    /// Reads the rule files that a path stands for: a file, whatever its name; of a folder or a pattern those that end
    /// in `.yml`, `.yaml`, `.json`, `.ndjson` or `.jsonl`.
    ///
    /// - Returns: The texts by path, and why other files could not be read.
    /// - Throws: When there is no such file or folder, none in it, or the task is cancelled.
    public static func read(_ path: String) throws(Diagnostic) -> (texts: [RuleText], faults: [Diagnostic]) {
        guard path != "-" else {
            throw Diagnostic("rules are not read from standard input", remedy: "Name a file or a folder", kind: .usage)
        }
        var files = try InputFiles.expand(path).files
        if files != [path] {
            files = files.filter { file in extensions.contains { file.lowercased().hasSuffix("." + $0) } }
        }
        guard !files.isEmpty else {
            throw Diagnostic(
                "there are no rules in `\(path.shown)`",
                remedy: "Rules end in \(extensions.map { "." + $0 }.joined(separator: ", "))")
        }
        var texts: [RuleText] = [], faults: [Diagnostic] = []
        for file in files {
            do throws(Diagnostic) { texts.append(try read(file: file)) } catch { faults.append(error) }
        }
        return (texts, faults)
    }

    private static func read(file: String) throws(Diagnostic) -> RuleText {
        let source = try RawBytes(path: file)
        guard source.count <= sizeLimit else {
            throw Diagnostic(
                "the file is larger than \(sizeLimit >> 20) MiB, too large for rules", remedy: "Split it",
                at: Place(file: file))
        }
        return RuleText(name: file, bytes: source.withBytes { Array($0) })
    }
}
