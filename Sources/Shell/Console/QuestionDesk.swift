import Diagnostics
import Dispatch
import Synchronization

/// Where a command that runs asks the user something, and the thread that owns the terminal answers.
final class QuestionDesk: Sendable {
    /// What has to be typed, and what it is about.
    struct Question: Sendable {
        let target: String
        let shown: [String]
    }

    private struct State {
        var question: Question?
        var waiting: CheckedContinuation<Bool, Never>?
    }

    /// Rung when there is a question, or when the command has ended.
    let bell = DispatchSemaphore(value: 0)
    private let state = Mutex(State())

    /// Asks, and waits for the answer.
    func ask(_ question: Question) async -> Bool {
        await withCheckedContinuation { continuation in
            state.withLock { $0 = State(question: question, waiting: continuation) }
            bell.signal()
        }
    }

    /// The question that waits, if there is one.
    var question: Question? { state.withLock { $0.question } }

    func answer(_ isConfirmed: Bool) {
        let waiting = state.withLock { state in
            defer { state = State() }
            return state.waiting
        }
        waiting?.resume(returning: isConfirmed)
    }
}

extension QuestionDesk.Question {
    /// Shows what is asked about and reads the answer; anything but the target means no.
    func answered(on editor: LineEditor, _ screen: Screen) -> Bool {
        for line in shown { StandardStreams.notice("  " + line.visible + "\n") }
        for line in wrap("Type \"\(target.visible)\" to confirm:", width: screen.width, indent: 2) {
            StandardStreams.notice(screen.paint(line, .bold) + "\n")
        }
        guard case .line(let typed) = editor.ask(prompt: [PromptSegment("  › ", style: "1")]) else { return false }
        return Self.confirms(typed, target)
    }

    /// Whether a typed text is the target, byte for byte, but for blanks around it.
    static func confirms(_ typed: String, _ target: String) -> Bool {
        let bytes = typed.utf8.drop { $0 == 0x20 || $0 == 0x09 }
        let end = bytes.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { bytes.index(after: $0) } ?? bytes.startIndex
        return !target.isEmpty && bytes[..<end].elementsEqual(target.utf8)
    }
}

extension Launch {
    /// Asks on the terminal where no editor is at hand; without a terminal nothing is asked.
    func answer(_ question: QuestionDesk.Question) -> Bool {
        let editor = try? LineEditor(history: nil, terminal: terminal) { _ in Completion(candidates: [], wordStart: 0) }
        return editor.map { question.answered(on: $0, screen(.error)) } ?? false
    }
}

extension Console {
    /// How an action is confirmed: typed where there is a terminal, else by `--confirm`.
    nonisolated func confirmation(_ options: GlobalOptions) -> @Sendable (String, [String]) async -> Bool {
        let (desk, launch) = (desk, launch)
        return { target, shown in
            if launch.terminal.isTerminal(.input), launch.terminal.isTerminal(.error) {
                return await desk.ask(QuestionDesk.Question(target: target, shown: shown))
            }
            for line in shown { StandardStreams.notice("  " + line.visible + "\n") }
            if let given = options.confirm, QuestionDesk.Question.confirms(given, target) { return true }
            let remedy = options.confirm == nil ? "give" : "--confirm names another; give"
            StandardStreams.notice(
                "  refused: there is no terminal to type on; \(remedy) --confirm \"\(target.visible)\"\n")
            return false
        }
    }
}
