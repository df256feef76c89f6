internal import Diagnostics

/// A host as the user names it: a short name, or one with its domain.
struct DefenderHostName {
    let text: String

    /// The longest name of DNS (RFC 1035, section 2.3.4).
    static let limit = 255

    /// - Throws: A `Diagnostic` for what no host is called.
    init(_ text: String) throws(Diagnostic) {
        let isPlain = text.visible.utf8.elementsEqual(text.utf8) && !text.contains(where: \.isWhitespace)
        guard isPlain, text.utf8.count <= Self.limit, !text.hasPrefix("."), !text.isEmpty else {
            throw Diagnostic(
                "`\(text.visible(limit: 80))` is not the name of a host",
                remedy: "Give its name, such as ws042 or ws042.example.com, or its id in Defender", kind: .usage)
        }
        self.text = text
    }

    /// How the API may have stored it: it compares capitals and small letters apart, and itself writes small ones.
    var spellings: [String] {
        let lower = text.lowercased()
        return lower.utf8.elementsEqual(text.utf8) ? [text] : [lower, text]
    }

    /// The beginning that names like this one share, or `nil` for one too short to have any.
    var stem: String? {
        let label = text.lowercased().prefix { $0 != "." }
        return label.count < 3 ? nil : String(label.prefix(max(2, label.count / 2)))
    }

    /// Whether a machine is called so: by its full name, or by its first label where this name has no domain.
    func isName(of machine: DefenderMachine) -> Bool {
        guard let name = machine.computerDNSName?.lowercased() else { return false }
        let own = text.lowercased()
        return name.utf8.elementsEqual(own.utf8) || !own.contains(".") && name.utf8.starts(with: (own + ".").utf8)
    }
}
