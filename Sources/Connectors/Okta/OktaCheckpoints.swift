internal import Diagnostics
internal import Digests
internal import JSON

/// The folder in which polling fetches remember where they stopped: one file for each org and filter, mode 0600.
///
/// A file's name is a hash, so that neither an org's name nor a filter's text becomes a path.
public struct OktaCheckpoints: Hashable, Sendable {
    /// Where the files are.
    public let folder: String

    /// A folder; nothing is read or made before a polling fetch.
    ///
    /// - Parameter folder: Made, for its owner alone, with the first checkpoint; its parent must exist.
    public init(folder: String) { self.folder = folder }

    private static let sizeLimit = 64 << 10

    /// What an org and a filter are known by; lengths keep one from running into the other.
    private static func key(_ organization: OktaOrganization, _ filter: String?) -> String {
        let parts = [organization.origin] + (filter.map { [$0] } ?? [])
        return SHA256(parts.map { "\($0.utf8.count):\($0)" }.joined()).hex
    }

    private func path(_ key: String) -> String { "\(folder)/okta-\(key.prefix(32)).json" }

    /// The checkpoint of an org and a filter, or `nil` and, when a file is there that cannot be used, why.
    func read(
        _ organization: OktaOrganization, _ filter: String?
    ) -> (checkpoint: OktaCheckpoint?, problem: Diagnostic?) {
        let key = Self.key(organization, filter), path = path(key)
        do {
            guard let bytes = try PrivateFile.read(path, limit: Self.sizeLimit) else { return (nil, nil) }
            guard let json = try? JSONValue(parsing: bytes), let checkpoint = OktaCheckpoint(json, key: key),
                organization.isLogsURL(checkpoint.next)
            else { return (nil, Self.unusable(path, "it is damaged, or belongs to another org or filter")) }
            return (checkpoint, nil)
        } catch {
            return (nil, Self.unusable(path, error.problem))
        }
    }

    private static func unusable(_ path: String, _ reason: String) -> Diagnostic {
        Diagnostic(
            "the checkpoint `\(path)` is not used: \(reason)",
            remedy: "It is replaced with the next page; --since says where to begin",
            at: Place(file: path))
    }

    /// Puts a checkpoint in the place of the last one.
    func write(_ checkpoint: OktaCheckpoint, _ organization: OktaOrganization, _ filter: String?) throws(Diagnostic) {
        let key = Self.key(organization, filter)
        try PrivateFile.makeFolder(folder)
        try PrivateFile.replace(path(key), with: Array((checkpoint.json(key: key).text + "\n").utf8))
    }
}
