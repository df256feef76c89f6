import ArgumentParser
import Detection
import Diagnostics
import Events
import Foundation
import Investigation
import JSON
import Pipeline

/// What Tab offers: commands, options, file names, ids, actors, sessions, and the words of queries.
struct Completer: Sendable {
    let state: SessionState
    let sessions: String
    var queries = SavedQueries(configuration: "")
    /// The earlier lines of a query that goes on.
    var earlierLines = ""

    func complete(_ request: CompletionRequest) -> Completion {
        let before = request.beforeCursor
        if let query = query(before: before) {
            return QueryCompletion(tables: state.tableColumns, saved: queries.names).complete(query, line: before)
        }
        let segment = before.split(separator: ";", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        let words = segment.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let word = words.last ?? ""
        let earlier = words.dropLast().filter { !$0.isEmpty }
        let start = before.count - word.count
        guard let name = earlier.first else {
            return Completion(candidates: CommandTable.all.map { $0.name }.filter { $0.hasPrefix(word) }.sorted(), wordStart: start)
        }
        guard let command = CommandTable.command(named: name) else { return actors(word, start) }
        if word.hasPrefix("-") { return options(of: command, word, start) }
        if Self.fileOptions.contains(earlier.last ?? "") { return files(word, start) }
        switch command.completes {
        case .files: return files(word, start)
        default: return Completion(candidates: candidates(for: command, after: earlier, word), wordStart: start)
        }
    }

    /// Options whose value is a file or a folder.
    private static let fileOptions = ["--input", "--data", "--sessions", "--suppressions", "--batch"]

    /// What is written of a query up to the cursor; `nil` where no query is written.
    private func query(before line: String) -> String? {
        let text = earlierLines.isEmpty ? line : earlierLines + "\n" + line
        let words = text.drop { $0.isWhitespace }
        guard words.hasPrefix(KQLCommand.name), words.dropFirst(3).first?.isWhitespace == true else { return nil }
        var rest = words.dropFirst(3).drop { $0.isWhitespace }
        while rest.hasPrefix("-") {
            guard let end = rest.firstIndex(where: \.isWhitespace) else { return nil }
            let takesValue = ShellVocabulary().valueOptions(of: KQLCommand.name).contains(String(rest[..<end]))
            rest = rest[end...].drop { $0.isWhitespace }
            guard takesValue else { continue }
            guard let end = rest.firstIndex(where: \.isWhitespace) else { return nil }
            rest = rest[end...].drop { $0.isWhitespace }
        }
        return String(rest)
    }

    private func candidates(for command: any ShellCommand.Type, after words: [String], _ word: String) -> [String] {
        let all: [String] = switch command.completes {
        case .ids: state.ids
        case .subjects: state.incidents.map(\.id) + state.huntIDs + state.findings.map(\.id)
        case .incidents: state.incidents.map(\.id)
        case .lists: Session.lists + state.ids + state.huntIDs + state.ruleIDs
        case .sessions: SessionFolder(path: sessions).entries().map(\.name)
        case .commands: CommandTable.all.map { $0.name }
        case .statuses: words.count < 2 ? state.incidents.map(\.id) : SecurityIncident.Status.allCases.map(\.rawValue)
        case .verdicts: words.count < 2 ? state.ids : Verdict.Kind.allCases.map(\.rawValue)
        case .suppressions: (words.count < 2 ? SuppressRequest.Action.allCases.map(\.rawValue) : []) + state.findings.map(\.id)
        case .entities: state.ids + state.events.actors.prefix(5000)
        case .plots: PlotRequest.names
        case .hosts: state.hosts
        case .files, .nothing: command.textKind == nil ? [] : names
        }
        return all.filter { $0.hasPrefix(word) }
    }

    /// Actors and addresses that a question may name. At most a few thousand are offered.
    private var names: [String] { state.events.actors.prefix(5000) + ["findings", "incidents", "events"] }

    private func actors(_ word: String, _ start: Int) -> Completion {
        Completion(candidates: word.isEmpty ? [] : names.filter { $0.hasPrefix(word) }, wordStart: start)
    }

    private func options(of command: any ShellCommand.Type, _ word: String, _ start: Int) -> Completion {
        // The usage line has no room for all of them; each has a line of the help that begins with it.
        let lines = CommandTable.helpMessage(for: command).split(separator: "\n").map { $0.drop { $0 == " " } }
        let found = lines.filter { $0.hasPrefix("--") }
            .flatMap { $0.prefix { $0.isLetter || "-/".contains($0) }.split(separator: "/").map(String.init) }
        let names = Set(found).union(["--help"]).filter { $0.hasPrefix(word) }
        return Completion(candidates: names.sorted(), wordStart: start)
    }

    private func files(_ word: String, _ start: Int) -> Completion {
        let slash = word.lastIndex(of: "/")
        let folder = slash.map { String(word[...$0]) } ?? ""
        let path = folder.hasPrefix("~/") ? NSHomeDirectory() + folder.dropFirst() : folder.isEmpty ? "." : folder
        let beginning = slash.map { String(word[word.index(after: $0)...]) } ?? word
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        var isFolder: ObjCBool = false
        let candidates = names.filter { $0.hasPrefix(beginning) && (!$0.hasPrefix(".") || beginning.hasPrefix(".")) }.sorted()
            .map { name -> String in
                let exists = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
                return folder + name.replacing(" ", with: "\\ ") + (exists && isFolder.boolValue ? "/" : "")
            }
        let suffix = candidates.count == 1 && candidates[0].hasSuffix("/") ? "" : " "
        return Completion(candidates: candidates, wordStart: start, suffix: suffix)
    }
}
