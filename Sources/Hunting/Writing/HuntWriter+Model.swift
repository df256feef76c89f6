internal import Diagnostics
internal import JSON
internal import Models
internal import Pipeline
internal import Prompts

extension HuntWriter {
    /// How often a query is sent back with what is wrong with it.
    static let repairs = 3
    /// Characters of an explanation that are kept.
    private static let noteLimit = 500

    /// A query as a model writes it.
    private struct Reply {
        let query: String
        let notes: [String]
    }

    func written(
        _ question: String, by model: any LanguageModel, _ attempts: inout [HuntPlan.Attempt]
    ) async throws(Diagnostic) -> HuntPlan {
        let draft = try? grammar.draft(question)
        let range = draft?.intent.range ?? grammar.range(of: question)
        var messages = [
            ChatMessage(.system, try prompts.text(.hunt)),
            ChatMessage(.user, HuntMaterial(grammar: grammar, draft: draft).text(question, range, nonce: nonce())),
        ]
        for _ in 0...Self.repairs {
            let text = try await said(by: model, ModelRequest(purpose: "hunt", messages: messages, schema: Self.form))
            let fault: (query: String, error: Diagnostic)
            switch Result(catching: { () throws(Diagnostic) in try Self.read(text) }) {
            case .failure(let error): fault = ("", error)
            case .success(let reply):
                guard !reply.query.isEmpty else { throw Self.nothing(reply) }
                do {
                    return plan(question, reply, try guardrail.checked(reply.query, range), draft, model, attempts)
                } catch {
                    fault = (reply.query, error)
                }
            }
            let words = "\(fault.error.problem). \(fault.error.remedy)".visible(limit: 1000)
            attempts.append(HuntPlan.Attempt(query: fault.query, fault: words))
            let repair = try prompts.text(.huntRepair).replacing("{reason}", with: words)
            messages += [ChatMessage(.assistant, String(text.prefix(8_000))), ChatMessage(.user, repair)]
        }
        throw Diagnostic(
            "the model's query could not be run, also when asked \(Self.repairs) times again: "
                + (attempts.last?.fault ?? ""),
            remedy: "Ask in other words, or use another model", kind: .unavailable)
    }

    private func plan(
        _ question: String, _ reply: Reply, _ query: HuntQuery, _ draft: HuntDraft?, _ model: any LanguageModel,
        _ attempts: [HuntPlan.Attempt]
    ) -> HuntPlan {
        let intent = draft?.intent ?? HuntIntent(subject: "a model's query", tables: query.tables, range: query.range)
        return HuntPlan(
            question: question, intent: intent, query: query, source: .model(model.name),
            notes: query.range.notes + reply.notes, attempts: attempts)
    }

    /// What a model says; an interruption or a cut reply is an error.
    private func said(by model: any LanguageModel, _ request: ModelRequest) async throws(Diagnostic) -> String {
        do {
            let reply = try await model.reply(to: request)
            guard reply.finish == .complete else {
                throw Diagnostic(
                    "the model's reply was cut or refused (\(reply.finish.rawValue))",
                    remedy: "Try again, or another model",
                    kind: reply.finish == .interrupted ? .interrupted : .unavailable)
            }
            return reply.text.isEmpty ? reply.reasoning : reply.text
        } catch let error as Diagnostic {
            throw error
        } catch {
            if error is CancellationError || Task.isCancelled { throw .interrupted }
            throw Diagnostic("the model could not be asked", remedy: "Check the model's address", kind: .unavailable)
        }
    }

    private static func read(_ text: String) throws(Diagnostic) -> Reply {
        let json = try ReplyJSON.salvage(text)
        guard let query = json["query"]?.string else {
            throw Diagnostic(
                "the reply has no `query` that is a text", remedy: "Put the query into `query`", kind: .unavailable)
        }
        let notes = [json["explanation"]?.string, json["notes"]?.string].compactMap { $0?.visible(limit: noteLimit) }
            .filter { !$0.isEmpty }
        let isEmpty = !query.contains { !$0.isWhitespace }
        return Reply(query: isEmpty ? "" : query, notes: notes)
    }

    private static func nothing(_ reply: Reply) -> Diagnostic {
        Diagnostic(
            "the model wrote no query\(reply.notes.isEmpty ? "" : ": \(reply.notes.joined(separator: " "))")",
            remedy: "Ask in other words", kind: .unavailable)
    }

    private static let form = ReplySchema(
        name: "hunt",
        schema: [
            "type": "object",
            "properties": [
                "query": ["type": "string"], "explanation": ["type": "string"], "notes": ["type": "string"],
            ],
            "required": ["query", "explanation", "notes"], "additionalProperties": false,
        ])
}
