import Diagnostics
import JSON
import Models
import Testing

@Suite struct StructuredReplyTests {
    static let request = ModelRequest(purpose: "score", messages: [ChatMessage(.user, "?")])

    static func score(_ model: ScriptedModel) async throws -> StructuredReply<Int64> {
        try await model.structured(request, repairPrompt: { "Mend this: \($0)" }) { json throws(Diagnostic) in
            guard let score = json["score"]?.integer else { throw Diagnostic("`score` is missing", remedy: "Add it") }
            return score
        }
    }

    @Test func firstReplyIsUsable() async throws {
        let model = ScriptedModel([#"Sure: {"score":5}"#])
        let reply = try await Self.score(model)
        #expect(reply.value == 5)
        #expect(reply.raw == ["score": 5])
        #expect(reply.text == #"Sure: {"score":5}"#)
        #expect(reply.source == "scripted")
        #expect(!reply.repaired)
        #expect(model.requests == [Self.request])
    }

    @Test(arguments: [
        (ScriptedModel.Turn.text("no"), ["user: ?", "assistant: no", "user: Mend this: the model's reply holds no JSON object"]),
        (.text("{}"), ["user: ?", "assistant: {}", "user: Mend this: `score` is missing"]),
        (.reply(ModelReply(text: "", reasoning: "hm", model: "m")), ["user: ?", "user: Mend this: the model's reply holds no JSON object"]),
        (.reply(ModelReply(text: #"{"score":1}"#, model: "m", finish: .truncated)),
            ["user: ?", #"assistant: {"score":1}"#, "user: Mend this: the reply was cut short by the server"]),
        (.reply(ModelReply(text: "{", model: "m", finish: .length)),
            ["user: ?", "assistant: {", "user: Mend this: the reply was cut at its length limit"]),
    ])
    func repaired(first: ScriptedModel.Turn, conversation: [String]) async throws {
        let model = ScriptedModel([first, #"{"score":7}"#])
        let reply = try await Self.score(model)
        #expect(reply.value == 7)
        #expect(reply.repaired)
        #expect(model.requests.last?.messages.map { "\($0.role): \($0.content)" } == conversation)
    }

    @Test func jsonInTheReasoningIsFound() async throws {
        let model = ScriptedModel([.reply(ModelReply(text: "", reasoning: #"{"score":3}"#, model: "m"))])
        #expect(try await Self.score(model).value == 3)
    }

    @Test(arguments: [
        (["a", "b"], "scripted gave no usable reply for `score`, also when asked again: the model's reply holds no JSON object"),
        ([.reply(ModelReply(text: "I won't", model: "m", finish: .filtered))], "the model refused: I won't"),
        ([.failure(.interrupted)], "interrupted"),
        (["a", .failure(.interrupted)], "interrupted"),
        ([], "the script of `scripted` has no further reply"),
    ] as [([ScriptedModel.Turn], String)])
    func failures(turns: [ScriptedModel.Turn], problem: String) async {
        let model = ScriptedModel(turns)
        let error = await #expect(throws: Diagnostic.self) { try await Self.score(model) }
        #expect(error?.problem == problem)
        #expect(model.remaining == 0)
    }

    @Test func aLongFaultyReplyIsNotSentBackWhole() async throws {
        let model = ScriptedModel([.text(String(repeating: "x", count: 100_000)), #"{"score":1}"#])
        _ = try await Self.score(model)
        #expect(model.requests.last?.messages[1].content.count == 8_000)
    }
}
