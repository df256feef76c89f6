import Connectors
import Diagnostics
import Events
import Foundation
import HTTP
import Investigation
import Models
import Pipeline
import Prompts
import Tables

/// What the program was started with: options, surroundings, and what follows from them.
struct Launch: Sendable {
    let options: GlobalOptions
    let environment: [String: String]
    let configuration: Configuration
    let locations: Locations
    let terminal: Terminal

    init(options: GlobalOptions, environment: [String: String]) {
        self.options = options
        self.environment = environment
        let folder = FileManager.default.currentDirectoryPath
        configuration = Configuration(environment: environment, workingDirectory: folder)
        locations = Locations(
            data: options.data, sessions: options.sessions, environment: environment, workingDirectory: folder)
        terminal = Terminal(color: options.color ?? .auto, environment: environment)
    }

    /// What results are decided by, besides the input.
    func settings() throws(Diagnostic) -> SessionSettings {
        var now: Timestamp?
        if let text = options.now {
            now = try TimeExpression(text).instant(now: Timestamp(seconds: Date().timeIntervalSince1970))
        }
        return try SessionSettings(configuration, now: now)
    }

    /// Whether names leave as pseudonyms: always toward a remote model, unless `--send-raw`.
    var hidesNames: Bool {
        guard !options.sendRaw, let url = configuration["LLM_BASE_URL"] else { return false }
        return !ChatEndpointConfiguration(baseURL: url, model: "").isLoopback
    }

    /// The org's System Log, by the settings; over no network when the session is offline.
    func okta() throws(Diagnostic) -> OktaSystemLog {
        OktaSystemLog(
            try OktaConnection { configuration[$0] }, transport: options.offline ? OfflineTransport() : CurlTransport())
    }

    /// The analytics rules of the workspace, by the settings; over no network when the session is offline.
    func sentinel() throws(Diagnostic) -> SentinelRules {
        guard !options.offline else {
            throw Diagnostic("--offline opens no connection", remedy: "Deploy it without --offline", kind: .unavailable)
        }
        return SentinelRules(workspace: try SentinelWorkspace { configuration[$0] }, service: try azure())
    }

    /// The analyst that asks a model, with the user's own prompts where there are some.
    func analyst(_ model: any LanguageModel) -> any Analyst {
        ModelAnalyst(model: model, prompts: prompts)
    }

    /// What models are told; the user's own texts take the place of the built-in ones.
    var prompts: PromptText { PromptText(overrides: configuration.folder + "/prompts") }

    /// The file of typed lines.
    var history: HistoryFile {
        let home = environment["HOME"] ?? NSHomeDirectory()
        let base = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.local/share"
        return HistoryFile(path: base + "/watchfloor/history.jsonl")
    }

    /// How many rows of a query's result are shown at once; `nil` where a program reads them, or all were asked for.
    var shownRows: Int? { terminal.isTerminal(.output) ? 30 : nil }

    /// The screen that results are printed on.
    ///
    /// - Parameter ascii: Whether to draw with ASCII alone where the terminal could show more.
    func screen(_ stream: Terminal.Stream = .output, ascii: Bool = false) -> Screen {
        Screen(
            width: terminal.width, colour: terminal.usesColor(on: stream),
            isASCII: ascii || !TerminalLocale.isUTF8(in: environment))
    }
}
