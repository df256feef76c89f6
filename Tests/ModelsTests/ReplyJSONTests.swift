import Diagnostics
import JSON
import Models
import Testing

@Suite struct ReplyJSONTests {
    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":1}"#),
        ("```json\n{\"a\": {\"b\": []}}\n```", #"{"a":{"b":[]}}"#),
        (#"Here you are: {"a":"}"} and {"b":2}"#, #"{"a":"}"}"#),
        (#"{"a":"\"}{"}"#, #"{"a":"\"}{"}"#),
        (#"<think>{"not":"this"}</think>{"a":true}"#, #"{"a":true}"#),
        (#"[{"a":1},{"a":2}]"#, #"{"a":1}"#),
    ])
    func found(text: String, json: String) throws { #expect(try ReplyJSON.salvage(text).text == json) }

    @Test(arguments: [
        ("", "the model's reply holds no JSON object"),
        ("I cannot help", "the model's reply holds no JSON object"),
        (#"{"a":"#, "the model's reply holds a JSON object that does not end"),
        (#"{"a":"}"#, "the model's reply holds a JSON object that does not end"),
        ("{'a':1}", "the model's reply is not valid JSON: the JSON needs a key in quotes, at byte 1"),
        (#"{"a":1,}"#, "the model's reply is not valid JSON: the JSON needs a key in quotes, at byte 7"),
    ])
    func notFound(text: String, problem: String) {
        let error = #expect(throws: Diagnostic.self) { try ReplyJSON.salvage(text) }
        #expect(error?.problem == problem)
    }

    @Test func replyReturnsFromItsJSON() throws {
        let reply = ModelReply(
            text: "t", reasoning: "r", model: "m", finish: .length, usage: TokenUsage(prompt: 3, completion: 4),
            mode: "json_schema")
        #expect(try ModelReply(json: reply.json) == reply)
        #expect(try ModelReply(json: ModelReply(text: "t", model: "m").json) == ModelReply(text: "t", model: "m"))
    }

    @Test(arguments: ["text", "reasoning", "model", "finish", "mode"])
    func damagedRecord(key: String) {
        let json = ModelReply(text: "t", model: "m").json.setting(key, to: 5)
        let error = #expect(throws: Diagnostic.self) { try ModelReply(json: json) }
        #expect(error?.problem == "the recorded model reply has no usable `\(key)`")
    }

    @Test func requestForTheTranscript() {
        let request = ModelRequest(
            purpose: "route", messages: [ChatMessage(.system, "s"), ChatMessage(.user, "u")],
            schema: ReplySchema(name: "n", schema: ["type": "object"]), maxTokens: 9)
        #expect(
            request.json.text == #"{"purpose":"route","messages":[{"role":"system","content":"s"},"#
                + #"{"role":"user","content":"u"}],"schema":{"name":"n","schema":{"type":"object"}},"max_tokens":9}"#)
    }
}
