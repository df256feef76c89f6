import Foundation

@testable import Pipeline

/// The calls of Okta's management API, from the reference beside the repository.
struct OktaSpecification {
    /// `METHOD /path scope`, ids as `{}`.
    private let calls: Set<String>

    /// `nil` where the reference is not there.
    init?() {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "../shared/reference")
        func lines(_ name: String) -> [String]? {
            (try? String(contentsOf: folder.appending(path: name), encoding: .utf8))?
                .split(whereSeparator: \.isNewline).map(String.init)
        }
        guard let operations = lines("okta_response_ops.csv"), let endpoints = lines("okta_endpoints_subset.txt")
        else { return nil }
        let named = operations.dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return "\(fields[1]) \(Self.bare(fields[2])) \(fields[4])"
        }
        let others = endpoints.flatMap { line -> [String] in
            let fields = line.components(separatedBy: " | ")
            return fields[2].split(separator: "'").filter { $0.hasPrefix("okta.") }.map { "\(Self.bare(fields[0])) \($0)" }
        }
        calls = Set(named + others)
    }

    /// The lines of a suggestion whose call the specification does not have; the command's with its scope.
    func faults(of command: CommandSuggestion) -> [String] {
        let lines = [command.undo, command.verify].filter { $0.hasPrefix("curl") }
        let unknown = lines.filter { line in
            guard let call = Self.call(line) else { return true }
            return !calls.contains { $0.hasPrefix(call + " ") }
        }
        let own = Self.call(command.command).map { "\($0) \(command.scope)" }
        return unknown + (own.map(calls.contains) == true ? [] : [command.command])
    }

    /// `METHOD /path` of a curl line.
    static func call(_ line: String) -> String? {
        line.firstMatch(of: #/-X ([A-Z]+) "\$OKTA_ORG_URL([^?"]+)/#).map { "\($0.1) \(bare(String($0.2)))" }
    }

    private static func bare(_ path: String) -> String {
        path.replacing(#/\{[A-Za-z]+\}/#, with: "{}").replacing(#//[A-Za-z0-9]{20}(?=/|$)/#, with: "/{}")
    }
}

/// The characters of a shell line that a shell would obey, beyond spaces between words and the two variables.
func hazards(inShellLine line: String) -> String {
    var quote: Character?, found = ""
    let line = line.replacing("$OKTA_API_TOKEN", with: "").replacing("$OKTA_ORG_URL", with: "")
    for character in line {
        switch (quote, character) {
        case (nil, "\""), (nil, "'"): quote = character
        case ("\"", "\""), ("'", "'"): quote = nil
        case ("'", _): break
        case ("\"", _): if "$`\\\n".contains(character) { found.append(character) }
        default: if "$`\\;|&<>!*?(){}[]~#\n".contains(character) { found.append(character) }
        }
    }
    return quote == nil ? found : found + " unclosed"
}
