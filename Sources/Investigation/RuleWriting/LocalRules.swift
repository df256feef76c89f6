internal import Connectors
internal import Diagnostics
internal import Foundation
internal import Tables

/// Rules in the data folder that could not be deployed: `local_rules.kql`, and a file each in `local_rules/`.
struct LocalRules {
    /// The data folder.
    let folder: String

    /// Keeps a rule.
    ///
    /// - Parameters:
    ///   - time: When, UTC.
    ///   - reason: Why it was not deployed.
    /// - Returns: The files that were written.
    func save(_ written: WrittenRule, at time: Timestamp, because reason: String) throws(Diagnostic) -> [String] {
        let all = folder + "/local_rules.kql", own = folder + "/local_rules"
        try Locations.make(own)
        try append(Self.entry(written, time, reason), to: all)
        let name = own + "/" + Self.fileName(written)
        try write(SentinelYAML(written: written).text, to: name + ".yaml")
        guard let sigma = written.sigma else { return [all, name + ".yaml"] }
        try write(sigma, to: name + ".sigma.yml")
        return [all, name + ".yaml", name + ".sigma.yml"]
    }

    /// The query under a comment, every line of which begins with `//`, whatever the texts hold.
    private static func entry(_ written: WrittenRule, _ time: Timestamp, _ reason: String) -> String {
        """
        // \(written.title.visible)
        // \(time.description) · rule \(written.id)
        // not deployed: \(reason.visible)
        \(written.rule.query)


        """
    }

    /// Letters and digits of the rule's name, and the beginning of its id: names from outside never become paths.
    private static func fileName(_ written: WrittenRule) -> String {
        let words = written.title.lowercased().utf8.split { !(0x61...0x7A).contains($0) && !(0x30...0x39).contains($0) }
        let name = words.prefix(8).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "_").prefix(60)
        return name + "_" + written.id.prefix(8)
    }

    private func append(_ text: String, to path: String) throws(Diagnostic) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.unwritable(path) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        // `data/` is shared: other sessions append to the same file.
        _ = flock(descriptor, LOCK_EX)
        do { try file.write(contentsOf: Data(text.utf8)) } catch { throw Self.unwritable(path) }
    }

    private func write(_ text: String, to path: String) throws(Diagnostic) {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch {
            throw Self.unwritable(path)
        }
    }

    private static func unwritable(_ path: String) -> Diagnostic {
        Diagnostic(
            "`\(path)` cannot be written", remedy: "Check free space, or name another --data", at: Place(file: path))
    }
}
