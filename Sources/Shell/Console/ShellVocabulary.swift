import ArgumentParser
import Diagnostics
import Foundation
import Investigation

/// The command table as the line reader sees it, with what the session knows at the moment.
struct ShellVocabulary: CommandVocabulary {
    /// Ids of findings, incidents, hunts and rules.
    var ids: [String] = []
    /// Whether an event has this id, or a unique id begins so.
    var hasEvent: @Sendable (String) -> Bool = { _ in false }
    /// What is wrong with a name of an actor, address or id that stands for nothing; `nil` for one that stands for something.
    var problemOfSubject: @Sendable (String) -> String? = { _ in nil }
    /// How many rows the last table has.
    var rows = 0

    var names: [String] { CommandTable.all.map { $0.name } }

    func textKind(of name: String) -> TextKind? { CommandTable.command(named: name)?.textKind }

    func valueOptions(of name: String?) -> Set<String> {
        CommandTable.valueOptions.union(name == nil ? [] : CommandTable.ownValueOptions)
    }

    func verdict(on words: [String]) -> ParseVerdict {
        do {
            guard let command = try CommandTable.parse(words: words) as? any ShellCommand else { return .ok }
            if let unknown = command.references.first(where: { !isKnown($0) }) {
                return .unknownReference("there is no event, finding, incident, hunt or rule `\(unknown)`")
            }
            return command.subjects.lazy.compactMap(problem).first.map { .unknownReference($0) } ?? .ok
        } catch {
            return CommandTable.exitCode(for: error) == .success ? .ok : .usageError(Self.problem(error))
        }
    }

    /// The parser's message, as a diagnostic's problem.
    static func problem(_ error: any Error) -> String {
        let message = CommandTable.message(for: error)
        return message.hasSuffix(".") ? String(message.dropLast()) : message
    }

    /// Whether the last table has this row; `nil` for what is no number of a row.
    private func isRow(_ name: String) -> Bool? {
        guard let row = Int(name), name.count < 4 else { return nil }
        return (1...max(1, rows)).contains(row) && rows > 0
    }

    private func problem(_ subject: String) -> String? {
        guard let isRow = isRow(subject) else { return problemOfSubject(subject) }
        return isRow ? nil : "the last table has no row \(subject)"
    }

    private func isKnown(_ name: String) -> Bool {
        if let isRow = isRow(name) { return isRow }
        return ids.contains(name) || name.count >= 4 && ids.contains { $0.hasPrefix(name) } || hasEvent(name)
    }

    func usage(of name: String) -> String {
        guard let command = CommandTable.command(named: name) else { return name }
        let usage = CommandTable.usageString(for: command)
        let lead = ["Usage: watchfloor ", "watchfloor "].first { usage.hasPrefix($0) } ?? ""
        let words = usage.dropFirst(lead.count)
        // The global options are the same for all commands and would hide what is particular to this one.
        let own = words.range(of: " [--format").map { words[..<$0.lowerBound] } ?? words
        return own.replacing("\n", with: " ") + (own.count < words.count ? " [options]" : "")
    }
}
