import Diagnostics
import Foundation
import Investigation
import JSON
import Models

// Who answers, and what that costs.
extension Console {
    func describeModel(options: GlobalOptions) throws {
        let uses = try launch.model() != nil, model = try modelInUse
        let details = ModelText(model, budget: try launch.budget())
        let record = JSONValue.object([
            JSONValue.Member("analyst", uses ? "model" : "rules"),
            JSONValue.Member("model", JSONValue(model?.profile.name)),
            JSONValue.Member("endpoint", JSONValue(uses ? launch.configuration["LLM_BASE_URL"] : nil)),
            JSONValue.Member("offline", .bool(launch.options.offline)),
            JSONValue.Member("timeout_seconds", JSONValue(try launch.configuration.number("LLM_TIMEOUT") ?? 120)),
        ] + (details.record.members ?? []).filter { !["name", "endpoint"].contains($0.key) })
        let screen = launch.screen()
        let address = (launch.configuration["LLM_BASE_URL"] ?? "").visible
        let head = model.map {
            "\($0.profile.name.visible) at \(address); guardrails and floors in code have the last word"
        } ?? "built-in analyst" + (launch.options.offline ? " (--offline)" : " (set LLM_BASE_URL for a model)")
        let lines = wrap(head, width: screen.width, indent: 2)
            + details.sentences.dropFirst().flatMap { wrap($0, width: screen.width, indent: 4) }
        StandardStreams.result(printer(options).value(record, lines: lines))
    }

    func showBudget(options: GlobalOptions) throws {
        let text = BudgetText(spending: try spending, model: try modelInUse, budget: try launch.budget())
        let printer = printer(options)
        switch printer.format {
        case .csv, .md, .line: StandardStreams.result(printer.rows(text.rows, table: TextTable(columns: [])))
        default: StandardStreams.result(printer.value(text.record, lines: text.lines(on: launch.screen())))
        }
    }

    /// Says what the last command spent.
    func noteUsage(of session: Session, _ options: GlobalOptions) {
        guard let usage = session.usage else { return }
        let endpoint = launch.configuration["LLM_BASE_URL"].map(Launch.shortName)
        guard let line = UsageText(usage, endpoint: endpoint).line else { return }
        for text in wrap(line, width: launch.screen(.error).width - 2, indent: 0) { notice(text, options: options) }
    }

    /// What `config.json` says of models, as `config` lists it.
    var modelSettings: [(String, String?, String?)] {
        let configuration = launch.configuration
        return configuration.models.map { profile in
            ("models.\(profile.name)", ModelText.brief(profile), configuration.folder + "/config.json")
        }
    }

    /// The model as the session knows it, or as it would begin.
    private var modelInUse: ModelInUse? {
        get throws(Diagnostic) {
            if let session = openedSession { return session.modelInUse }
            guard let endpoint = try launch.chatEndpoint else { return nil }
            return ModelInUse(profile: try launch.budget().profile(of: endpoint.model))
        }
    }

    /// What the session has spent: the open one, or the one that is named, as its record says.
    private var spending: ModelSpending {
        get throws(Diagnostic) {
            if let session = openedSession { return session.spending }
            guard let name = launch.options.session else { return ModelSpending() }
            try SessionName.check(name)
            let file = launch.locations.sessions + "/\(name).jsonl"
            guard FileManager.default.fileExists(atPath: file) else { return ModelSpending() }
            return ModelSpending(try SavedSession(path: file).records)
        }
    }
}
