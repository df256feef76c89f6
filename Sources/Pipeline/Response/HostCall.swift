public import Detection
internal import JSON

/// A command of this program about a host, written as a shell line.
///
/// It is only suggested: run, it shows its request and has the host's name typed first.
public struct HostCall: Hashable, Sendable {
    /// What stands behind `watchfloor`; `{host}` is where the host's name belongs.
    let command: String
    let effect: Effect
    /// The permission of Defender, or of the workspace, that it needs.
    let scope: String
    /// The command that takes it back, or words.
    let undo: String

    /// The shell line for a host whose name was checked by ``HostCall/name(_:)``.
    func line(_ host: String) -> String { "watchfloor " + command.replacing("{host}", with: host) }

    /// A host's name that is safe to write into a line: letters, digits, `.`, `_` and `-`, beginning with a letter or
    /// digit.
    public static func name(_ text: String) -> String? {
        guard text.utf8.count <= 255, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        return text.wholeMatch(of: #/[A-Za-z0-9][A-Za-z0-9._-]*/#) == nil ? nil : text
    }
}

extension StepCard {
    static let collectHostActivity = StepCard(
        "See what ran on the host and whom it spoke to", because: "Evidence first, before the host is cut off",
        after: [], on: .host,
        hostCall: HostCall(
            command: "hunt --on loganalytics process activity on {host}", effect: .read,
            scope: "Log Analytics Reader", undo: "nothing to undo: it only reads"),
        note: "The query is shown before it runs. `hunt connections from` the host shows the other side.")

    static let isolateHost = StepCard(
        "Cut the host off the network; Defender still reaches it",
        because: "It stops what runs on it and keeps it there as evidence",
        after: [[.collectHostActivity]], on: .host,
        hostCall: HostCall(
            command: "isolate {host}", effect: .reversible, scope: "Machine.Isolate",
            undo: "watchfloor release {host}"),
        note: "It looks the host up, shows the request, and sends it once the name is typed. Not for a host "
            + "that others need to live, such as a domain controller, without its owner.")

    static let scanHost = StepCard(
        "Have Defender Antivirus look through the host", because: "What was fetched may lie there still",
        after: [[.isolateHost, .collectHostActivity]], on: .host,
        hostCall: HostCall(
            command: "scan {host} --full", effect: .reversible, scope: "Machine.Scan",
            undo: "nothing to undo: what it quarantines can be restored in Defender"),
        note: "A full scan takes hours; without `--full` it looks where malware usually starts.")
}

extension CommandAims {
    /// The hosts that promoted findings of hunts name, each once.
    var hosts: [String] { distinctTexts(findings.flatMap { $0.finding.hosts }) }
}

extension DetectionFinding {
    /// The hosts that a hunt's finding names, as its rows have them.
    public var hosts: [String] {
        (metadata["indicators"]?.array ?? []).compactMap { $0["type"] == "host" ? $0["value"]?.string : nil }
    }
}
