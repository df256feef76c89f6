import ArgumentParser
import Diagnostics
import Events
import Foundation
import Investigation
import Pipeline

/// The interactive shell: asks for lines and carries them out until the user leaves.
struct Interactive {
    private let launch: Launch
    private let console: Console
    private let completer = LiveCompleter()

    init(_ launch: Launch) {
        self.launch = launch
        console = Console(launch)
    }

    /// Runs until `quit`, Ctrl-D or the end of input.
    func run() throws(Diagnostic) -> ExitStatus {
        let (console, completer) = (console, completer)
        let editor = try LineEditor(history: launch.history, terminal: launch.terminal) { completer.current.complete($0) }
        if let notice = editor.notice { StandardStreams.notice("  \(notice.visible)\n") }
        let opened = awaitInterruptibly { await Self.open(console) }
        guard opened == .done else { return opened }
        while !awaitInterruptibly({ await console.isQuitting }) {
            let state = awaitInterruptibly { await console.state }
            completer.current = Completer(
                state: state, sessions: launch.locations.sessions, queries: console.savedQueries)
            switch editor.read(prompt: Self.prompt(for: state), remembering: false) {
            case .interrupted: continue
            case .endOfInput: return farewell()
            case .line(let line):
                let vocabulary = vocabulary(state)
                guard let input = wholeInput(line, vocabulary, asking: editor) else { continue }
                carryOut(input, vocabulary, asking: editor)
            }
        }
        return farewell()
    }

    /// Begins the session and greets.
    private static func open(_ console: Console) async -> ExitStatus {
        await console.becomeInteractive()
        do {
            let session = try await console.session()
            await console.greet(session)
            return .done
        } catch let fault as Diagnostic {
            StandardStreams.notice(fault.rendered + "\n")
            return ExitStatus(fault.kind)
        } catch {
            return .failed
        }
    }

    /// What there is, then the mark: `9 events · 2 findings › `.
    private static func prompt(for state: SessionState) -> [PromptSegment] {
        var parts: [PromptSegment] = []
        func add(_ text: String, _ style: String?) {
            if !parts.isEmpty { parts.append(PromptSegment(" · ")) }
            parts.append(PromptSegment(text, style: style))
        }
        if !state.events.isEmpty { add(counted(state.events.count, "event"), "2") }
        if !state.tables.isEmpty { add(counted(state.tables.count, "table"), "2") }
        if !state.findings.isEmpty { add(counted(state.findings.count, "finding"), "33") }
        if !state.incidents.isEmpty { add(counted(state.incidents.count, "incident"), "31") }
        return parts + [PromptSegment(parts.isEmpty ? "› " : " › ", style: "1")]
    }

    /// A line with those that follow it while it ends inside a query; `nil` when that was given up. It is remembered
    /// as one input.
    private func wholeInput(_ line: String, _ vocabulary: ShellVocabulary, asking editor: LineEditor) -> String? {
        let reader = LineReader(vocabulary: vocabulary, mode: .interactive)
        var input = line
        defer { editor.remember(input) }
        while reader.wantsMore(after: input) {
            completer.current.earlierLines = input
            switch editor.read(prompt: [PromptSegment("… ", style: "2")], remembering: false) {
            case .line(let next): input += "\n" + next
            case .interrupted: return nil
            case .endOfInput: return input
            }
        }
        return input
    }

    private func vocabulary(_ state: SessionState) -> ShellVocabulary {
        let console = console
        let rows = awaitInterruptibly { await console.rows.count }
        return ShellVocabulary(
            ids: state.ids + state.huntIDs + state.ruleIDs, hasEvent: { name in
                state.events.row(ofID: name) != nil || (name.count >= 4 && (0..<state.events.count).contains { state.events[$0].id.hasPrefix(name) })
            }, problemOfSubject: { state.problem(withSubject: $0) }, rows: rows)
    }

    private func carryOut(_ line: String, _ vocabulary: ShellVocabulary, asking editor: LineEditor) {
        let console = console
        for segment in LineReader(vocabulary: vocabulary, mode: .interactive).read(line) {
            guard let words = words(of: segment, vocabulary, asking: editor) else { return }
            let quiet = QuietTerminal()
            let (status, quits) = awaitInterruptibly { await (Self.run(words, on: console), console.isQuitting) }
            _ = consume quiet
            if status == .interrupted || quits { return }
        }
    }

    /// The words to run; `nil` where there is nothing to run and the rest of the line is dropped.
    private func words(of segment: ReadSegment, _ vocabulary: ShellVocabulary, asking editor: LineEditor) -> [String]? {
        switch segment.meaning {
        case .command(let words): return words
        case .question(let text, let notice):
            if let notice { StandardStreams.notice("  " + launch.screen(.error).paint(notice, .dim) + "\n") }
            return ["ask", "--", text]
        case .error(let fault):
            StandardStreams.notice(fault.rendered + "\n")
            return nil
        case .typo(let word, let name, let line):
            StandardStreams.notice("  No command `\(word.visible)`. Did you mean `\(name)`? (Enter to run it, anything else to drop it)\n")
            guard case .line("") = editor.ask(prompt: [PromptSegment("› \(line.visible) ", style: "2")]) else { return nil }
            let again = LineReader(vocabulary: vocabulary, mode: .interactive).read(line)
            if case .command(let words)? = again.first?.meaning { return words }
            return nil
        }
    }

    /// Parses and runs one command.
    static func run(_ words: [String], on console: Console) async -> ExitStatus {
        do {
            guard let command = try CommandTable.parse(words: words) as? any ShellCommand else { return .done }
            return await console.carryOut(command, words: words)
        } catch {
            guard CommandTable.exitCode(for: error) != .success else {
                StandardStreams.result(CommandTable.message(for: error) + "\n")
                return .done
            }
            StandardStreams.notice("error: \(CommandTable.fullMessage(for: error).visibleLines)\n")
            return .usage
        }
    }

    /// The last lines: what the session holds and its chain's head.
    private func farewell() -> ExitStatus {
        let console = console
        return awaitInterruptibly { await console.leave() }
    }
}

/// The completer of the moment, for the editor's callback; used from the editor's thread only.
private final class LiveCompleter {
    var current = Completer(state: SessionState(), sessions: "")
}

extension SessionState {
    /// Why a name stands for no actor, address or id; `nil` for one that stands for something, be it for several.
    func problem(withSubject name: String) -> String? {
        guard !knows(subject: name) else { return nil }
        do {
            _ = try subject(named: name)
            return nil
        } catch {
            let remedy = error.remedy.hasSuffix("?") ? String(error.remedy.dropLast()) : error.remedy
            return error.problem + "; " + remedy.prefix(1).lowercased() + remedy.dropFirst()
        }
    }
}

extension Console {
    func greet(_ session: Session) {
        let screen = launch.screen(.error)
        let analyst = session.asksModel
            ? "\((launch.configuration["LLM_MODEL"] ?? "model").visible) at \((launch.configuration["LLM_BASE_URL"] ?? "").visible)"
            : launch.options.offline ? "built-in analyst, offline" : "built-in analyst (set LLM_BASE_URL for a model)"
        let line = "watchfloor \(CommandTable.version) · session \(session.name.visible) · \(analyst)"
        for text in wrap(line, width: screen.width, indent: 0) { StandardStreams.notice(text + "\n") }
        for problem in launch.configuration.problems { StandardStreams.notice(problem.rendered + "\n") }
        StandardStreams.notice(screen.paint("A command, a question, or `help`.", .dim) + "\n")
    }

    /// Closes the session and says what it holds.
    func leave() async -> ExitStatus {
        let state = await state
        do {
            try await close()
        } catch let fault as Diagnostic {
            StandardStreams.notice(fault.rendered + "\n")
            return .failed
        } catch {
            return .failed
        }
        guard let (name, head) = await farewell else { return .done }
        let open = state.incidents.count { $0.status != .closed }
        notice("session \(name): \(counted(commandCount, "command")), \(counted(open, "incident")) open")
        notice("chain head \(head)")
        notice("(write it into the ticket; `watchfloor replay \(name) --verify` checks it)")
        return .done
    }
}
