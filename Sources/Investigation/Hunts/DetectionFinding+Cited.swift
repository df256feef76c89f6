internal import Detection
internal import Hunting
internal import JSON

extension DetectionFinding {
    /// The rows of other tables than Okta's that it rests on.
    var citedRows: [CitedRow] { (metadata["cited"]?.array ?? []).compactMap { CitedRow(json: $0) } }

    /// Whether a hunt in other tables names an account or an address among its indicators.
    func isHunted(for subject: StorySubject) -> Bool {
        guard !citedRows.isEmpty else { return false }
        let named = (metadata["indicators"]?.array ?? []).compactMap { Indicator(json: $0) }
        switch subject {
        case .address(let address):
            return named.contains { [.ipv4, .ipv6].contains($0.kind) && isSame($0.value, address) }
        case .account(let account):
            // Devices know an account by the part of its login before the `@`.
            let names = account.keys + [account.login].compactMap { $0 }
            let short = names.map { String($0.prefix { $0 != "@" }) }
            return named.contains { one in
                one.kind == .user && (names + short).contains { isSame($0, one.value) }
            }
        case .finding, .incident: return false
        }
    }
}
