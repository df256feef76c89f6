internal import Diagnostics

extension String {
    /// As messages quote it: safe to print, and cut where it is long.
    var shown: String { visible(limit: 80) }
}

extension [String] {
    /// The remedy for a name that is not among these. Of very many or very long names only some are looked at, since
    /// comparing them takes time by the square of their length.
    func suggestion(for unknown: String) -> String {
        let names = Array(lazy.filter { $0.utf8.count <= 100 }.prefix(100))
        return unknown.utf8.count <= 100 ? names.remedy(for: unknown) : "Use one of: \(names.joined(separator: ", "))"
    }
}
