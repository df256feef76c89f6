internal import Tables

extension DefenderRequest {
    /// What is known of the machine, and what the action would do to it: what one wants to know before typing its name.
    /// Texts are the API's own.
    public var facts: [String] {
        let known = [
            machine.computerDNSName, machine.osPlatform, machine.healthStatus,
            machine.lastSeen.map { "last report \($0.spaced)" }, machine.lastIPAddress.map { "address \($0)" },
            machine.rbacGroupName.map { "group \($0)" }, machine.riskScore.map { "risk \($0)" },
        ]
        let silent = machine.healthStatus.map { $0.lowercased() != "active" } ?? false
        return [known.compactMap { $0 }.joined(separator: " · "), action.consequence].filter { !$0.isEmpty }
            + (silent ? ["its state is not Active, so it may not take the request before it reports again"] : [])
    }
}

extension DefenderAction {
    /// What it does, and how it is undone (Microsoft Learn, "Take response actions on a device").
    var consequence: String {
        switch self {
        case .isolate(.full): "cuts it off the network but for Defender, until `release`"
        case .isolate(.selective): "cuts it off the network but for Defender, Outlook and Teams, until `release`"
        case .release: "gives it the network back"
        case .scan(.quick): "Defender Antivirus looks where malware usually starts; it takes minutes"
        case .scan(.full): "Defender Antivirus looks through every file; it takes hours"
        }
    }
}
