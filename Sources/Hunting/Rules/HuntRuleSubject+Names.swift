internal import JSON

/// Whom the hunt was about, and what it is called without them.
extension HuntRuleSubject {
    private static let personal: Set<HuntRole> = [.user, .host, .address]

    /// Whom the hunt was about, and whom it found.
    var names: [String] {
        let asked = named.filter { Self.personal.contains($0.role) && !$0.isExcluded }.flatMap(\.values)
        let found = hunt.findings.flatMap(\.indicators).filter {
            [.user, .host, .ipv4, .ipv6].contains($0.kind)
        }
        return Self.unique(asked + found.map(\.value))
    }

    /// `sign-ins (failed)`, `powershell activity (encoded)`.
    var title: String {
        let subject = hunt.intent["subject"]?.string ?? ""
        let program = named.first { $0.role == .process && !$0.isExcluded }?.values.first.map {
            $0.lowercased().hasSuffix(".exe") ? String($0.dropLast(4)) : $0
        }
        let base = subject == "processes" || subject.isEmpty ? program.map { "\($0) activity" } ?? subject : subject
        let others = named.filter {
            !Self.personal.contains($0.role) && !$0.isExcluded && !($0.role == .process && base.hasSuffix(" activity"))
        }
        let shape = hunt.intent["shape"]?.string ?? ""
        let details = (hunt.intent["qualifiers"]?.strings ?? []) + others.map(Self.words)
            + (shape == "spray" || shape.hasPrefix("at least") ? [shape] : [])
        let name = base.isEmpty ? hunt.tables.joined(separator: ", ") : base
        return details.isEmpty ? name : "\(name) (\(details.joined(separator: ", ")))"
    }

    private static func words(_ entity: HuntEntity) -> String {
        entity.role.rawValue + " " + (entity.values.first ?? "") + (entity.values.count > 1 ? ", …" : "")
    }

    static func unique(_ texts: [String]) -> [String] {
        texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
