internal import JSON

/// What can be done to a machine.
public enum DefenderAction: Hashable, Sendable {
    /// Cuts the machine off the network; only Defender still reaches it.
    case isolate(Isolation)
    /// Ends an isolation.
    case release
    /// Looks for malware with Defender Antivirus.
    case scan(Scan)

    /// How much of the network is cut off.
    public enum Isolation: String, Hashable, Sendable, CaseIterable {
        /// Everything.
        case full = "Full"
        /// Everything but Outlook, Teams and the like.
        case selective = "Selective"
    }

    /// How much is looked through.
    public enum Scan: String, Hashable, Sendable, CaseIterable {
        /// Where malware usually starts; minutes.
        case quick = "Quick"
        /// Every file; hours.
        case full = "Full"
    }

    /// The last step of the address.
    var path: String {
        switch self {
        case .isolate: "isolate"
        case .release: "unisolate"
        case .scan: "runAntiVirusScan"
        }
    }

    /// The `type` that the machine action then has.
    public var type: String {
        switch self {
        case .isolate: "Isolate"
        case .release: "Unisolate"
        case .scan: "RunAntiVirusScan"
        }
    }

    /// The least permission that allows it (Microsoft Learn, the page of each action).
    public var permission: String {
        switch self {
        case .isolate, .release: "Machine.Isolate"
        case .scan: "Machine.Scan"
        }
    }

    /// The body; its names are case-sensitive (Microsoft Learn, "Common REST API error codes").
    func body(comment: String) -> JSONValue {
        switch self {
        case .isolate(let isolation):
            ["Comment": .string(comment), "IsolationType": .string(isolation.rawValue)]
        case .release: ["Comment": .string(comment)]
        case .scan(let scan): ["Comment": .string(comment), "ScanType": .string(scan.rawValue)]
        }
    }

    /// For messages, read after "asked to": `isolate`.
    var words: String {
        switch self {
        case .isolate: "isolate"
        case .release: "release"
        case .scan: "scan"
        }
    }
}
