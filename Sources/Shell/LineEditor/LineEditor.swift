import CEditline
import Diagnostics

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The result of asking for one line.
enum LineInput: Hashable, Sendable {
    /// What was typed, without the newline that ended it.
    case line(String)
    case interrupted
    case endOfInput
}

/// Reads lines from the terminal, with editing, history and completion, by way of libedit.
///
/// Owns libedit's handles and frees them. Used from one thread only; a process has one.
///
/// ```swift
/// let editor = try LineEditor(history: history, terminal: terminal) { complete($0) }
/// while case .line(let line) = editor.read(prompt: [PromptSegment("> ", style: "1")]) { run(line) }
/// ```
final class LineEditor {
    /// Something the user should know about the terminal, such as a locale that is not UTF-8.
    let notice: String?

    let editLine: OpaquePointer
    let output: UnsafeMutablePointer<FILE>
    let terminal: Terminal
    let completer: (CompletionRequest) -> Completion
    private let lines: EditorHistory
    private let prompt = WideBuffer()
    private let stream: Terminal.Stream
    private var keys = KeyReader(input: TerminalInput.descriptor)
    private var window = WindowSize(of: STDIN_FILENO)
    private var mayComplete = true

    /// The completer is called on the thread that reads, and should answer at once.
    ///
    /// Takes over Ctrl-C for the whole process (``InterruptSignal``).
    init(
        history: HistoryFile?, terminal: Terminal, completer: @escaping (CompletionRequest) -> Completion
    ) throws(Diagnostic) {
        notice = TerminalLocale.prepare()
        stream = terminal.isTerminal(.output) || !terminal.isTerminal(.error) ? .output : .error
        output = stream == .output ? editline_stdout() : editline_stderr()
        self.terminal = terminal
        self.completer = completer
        TerminalGuard.install()
        InterruptSignal.install()
        lines = try EditorHistory(file: history)
        guard let editLine = el_init("watchfloor", editline_stdin(), output, editline_stderr()) else {
            throw Diagnostic("the line editor cannot be started", remedy: "Give commands as arguments instead")
        }
        self.editLine = editLine
        configure()
    }

    deinit { el_end(editLine) }

    /// Asks for a command: with completion and history. Lines that are typed are remembered, unless the
    /// caller does that: for an input that goes on over several prompts.
    func read(prompt segments: [PromptSegment], remembering: Bool = true) -> LineInput {
        mayComplete = true
        let input = readLine(segments)
        if remembering, case .line(let line) = input { remember(line) }
        return input
    }

    /// Adds an input to the history; it may have several lines.
    func remember(_ line: String) { lines.add(line) }

    /// Asks for an answer, such as a typed confirmation: what was typed ahead does not count, nothing is
    /// completed or remembered.
    func ask(prompt segments: [PromptSegment]) -> LineInput {
        mayComplete = false
        if terminal.isTerminal(.input) { tcflush(STDIN_FILENO, TCIFLUSH) }
        return readLine(segments)
    }

    private func configure() {
        _ = editline_set_owner(editLine, Unmanaged.passUnretained(self).toOpaque())
        _ = editline_set_prompt(
            editLine, { LineEditor.owner(of: $0)?.prompt.start }, wchar_t(Prompt.literal.value))
        _ = editline_set_reader(editLine) { LineEditor.owner(of: $0)?.readKey(into: $1) ?? -1 }
        _ = editline_set_history(editLine, lines.handle)
        KeyBindings.install(in: editLine)
    }

    private func readLine(_ segments: [PromptSegment]) -> LineInput {
        _ = InterruptSignal.take()
        prompt.set(Prompt.compose(segments, styled: !terminal.isDumb && terminal.usesColor(on: stream)))
        beginEditing()
        var count: Int32 = 0
        let text = el_wgets(editLine, &count)
        endEditing()
        // By the flag and not by the count: Ctrl-C during a history search looks like the end of input.
        if InterruptSignal.take() {
            if count < 0 { leaveLine() }
            return .interrupted
        }
        guard let text, count > 0 else {
            leaveLine()
            return .endOfInput
        }
        let line = WideText.decode(UnsafeBufferPointer(start: text, count: Int(count)))
        return .line(line.hasSuffix("\n") ? String(line.dropLast()) : line)
    }
}

extension LineEditor {
    /// The editor that a callback of libedit is about.
    static func owner(of editLine: OpaquePointer?) -> LineEditor? {
        guard let editLine, let owner = editline_owner(editLine) else { return nil }
        return Unmanaged<LineEditor>.fromOpaque(owner).takeUnretainedValue()
    }

    /// Whether Tab does something in the line that is being read.
    var isCompleting: Bool { mayComplete }

    /// Writes behind what libedit has written.
    func show(_ text: String) {
        fputs(text, output)
        fflush(output)
    }

    /// Begins a line of its own below what was typed, where libedit does not.
    fileprivate func leaveLine() {
        if terminal.isTerminal(.input) { show(terminal.isDumb ? "\n" : "\n\u{1B}[J") }
    }

    fileprivate func beginEditing() {
        guard terminal.isTerminal(.input) else { return }
        StopSignal.hold()
        // libedit would do this only after it has shown the prompt, and what is typed in between would be echoed twice.
        _ = editline_prepare_terminal(editLine, 1)
        el_resize(editLine)
        window = WindowSize(of: STDIN_FILENO)
        if !terminal.isDumb { TerminalGuard.beginBracketedPaste(on: fileno(output)) }
    }

    fileprivate func endEditing() {
        guard terminal.isTerminal(.input) else { return }
        TerminalGuard.endBracketedPaste()
        StopSignal.release()
    }

    /// libedit's reader of characters: 1 with a character, 0 at the end, -1 on a failure.
    fileprivate func readKey(into character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
        while true {
            switch keys.next() {
            case .scalar(let scalar):
                followWindow()
                character?.pointee = wchar_t(scalar.value)
                return 1
            case .stopped: suspend()
            case .end: return 0
            case .interrupted, .failed: return -1
            }
        }
    }

    /// Gives the terminal back, stops, and goes on with the same line once continued.
    private func suspend() {
        endEditing()
        _ = editline_prepare_terminal(editLine, 0)
        StopSignal.stop()
        _ = editline_prepare_terminal(editLine, 1)
        beginEditing()
        _ = editline_redraw(editLine)
    }

    /// Adapts to a window that was resized since the last key.
    private func followWindow() {
        guard let size = WindowSize(of: STDIN_FILENO), size != window else { return }
        window = size
        el_resize(editLine)
        show(terminal.isDumb ? "\n" : "\r\u{1B}[J")
        _ = editline_redraw(editLine)
    }
}
