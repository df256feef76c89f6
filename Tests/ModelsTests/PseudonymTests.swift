import Diagnostics
import JSON
import Models
import Synchronization
import Testing

@Suite struct PseudonymTests {
    /// `user-2` … `user-7`, `ip-1`, `name-1` … `name-3`; the login `user-1` may not be its own pseudonym.
    static let names: Pseudonyms = {
        var names = Pseudonyms()
        names.register(["user-1", "jane", "jane.doe@corp.com", #"CORP\nick"#, "a<b", "Jane"], kind: .user)
        names.register(["10.0.0.1"], kind: .address)
        names.register(["Jane Doe", "say \"hi\"\u{1B}", "王伟"], kind: .name)
        return names
    }()

    @Test(arguments: [
        ("nothing here", "nothing here"),
        ("", ""),
        ("jane", "user-3"),
        ("jane.", "user-3."),
        ("jane, Jane and JANE", "user-3, user-7 and user-3"),
        ("janet jane2 2jane janeé", "janet jane2 2jane janeé"),
        ("_jane_ -jane- (jane)", "_user-3_ -user-3- (user-3)"),
        ("Jane Doe, jane doe, Jane Do", "name-1, name-1, user-7 Do"),
        ("jane.doe@corp.com jane.doe", "user-4 user-3.doe"),
        ("user-1 User-1 user-12 user-01 super-user-1", "user-2 user-2 user-8 user-01 super-user-2"),
        ("用户王伟登录 王伟王伟jane x王伟x", "用户name-3登录 name-3 name-3 user-3 x name-3 x"),
        // As evidence: JSON-escaped, made visible, fenced, cut.
        (#"{"a":"CORP\nick","b":"a\u003cb","c":"a<b"}"#, #"{"a":"user-5","b":"user-6","c":"user-6"}"#),
        (#"{"a":"say \"hi\"\\u{1B}","b":"x\njane \u003cjane\\njane"}"#, #"{"a":"name-2","b":"x\nuser-3 \u003cuser-3\\nuser-3"}"#),
        ("jane.doe@co… jane.doe@co… ja… jane…", "name-4 name-4 ja… user-3…"),
        // Nobody registered these.
        ("10.0.0.1 10.0.0.12:80 10.0.0.1.", "ip-1 ip-2:80 ip-1."),
        ("1.2.3.4.5 1.2.3 1.2.3.256 v1.2.3.4 12:34:56 2024-05-01T10:00:00Z", "1.2.3.4.5 1.2.3 1.2.3.256 v1.2.3.4 12:34:56 2024-05-01T10:00:00Z"),
        ("[2001:db8::1]:443 ::1/128 fe80::1%eth0 ::ffff:10.0.0.1.", "[ip-2]:443 ip-3/128 ip-4%eth0 ip-5."),
        ("std::add a :: b 00:1a:2b:3c:4d:5e", "std::add a :: b 00:1a:2b:3c:4d:5e"),
        ("mail=bob+x@corp.com, <bob@corp.com>. bob@corp.com", "mail=user-8, <user-9>. user-9"),
        (#"{"m":"to:\nbob@corp.com"}"#, #"{"m":"to:\nuser-8"}"#),
        ("o'brien@corp.co.uk's @x a@ jürgen@büro.de user-1@corp.com", "user-8's @x a@ user-9 user-10"),
        ("user-99 ip-7 name-3", "user-8 ip-2 name-4"),
    ])
    func hidden(text: String, expected: String) {
        var names = Self.names
        #expect(names.hiding(text) == expected)
        #expect(names.hiding(text) == expected, "the same text has the same pseudonym")
    }

    @Test(arguments: [
        ("user-3 (User-7), user\u{2011}3: `user-2`", "jane (Jane), jane: `user-1`"),
        ("user-1 user-99 user-12 user-03 auser-3 user-3x user-", "user-1 user-99 user-12 user-03 auser-3 user-3x user-"),
        ("user-3000000000 user-3-x ip-1:80", "user-3000000000 jane-x 10.0.0.1:80"),
        ("name-2", #"say "hi"\u{1B}"#),
        (#"\nuser-3 \user-3"#, #"\njane \jane"#),
        ("", ""),
    ])
    func restored(text: String, expected: String) {
        #expect(Self.names.restoring(text) == expected)
    }

    @Test(arguments: [
        "jane and Jane at 10.0.0.1, 10.0.0.2 and fe80::1; user-1, user-2 and User-3; ip-1",
        "`\u{301}x` <\u{301}x \"\u{301}x",
        #"{"a":"CORP\nick","b":"x\njane","c":"jane.doe@co…","d":["bob@corp.com","O'b@x"]}"#,
        "用户王伟登录 a<b Jane Doe user‑7 `jane`/\\jane\\nick@corp.com",
    ])
    func whatIsHiddenComesBack(text: String) {
        var names = Self.names
        let hidden = names.hiding(text)
        #expect(names.restoring(hidden) == text)
    }

    @Test func namesNobody() {
        var names = Pseudonyms()
        names.register(["", " ", "a", "7", "--", "-"], kind: .user)
        #expect(names.hiding("a 7 --- ") == "a 7 --- ")
    }

    @Test func overlongNamesAreKnownWhereCut() {
        var names = Pseudonyms()
        let long = String(repeating: "x", count: 2_000), cut = String(repeating: "x", count: 199) + "…"
        names.register([long, long + "y"], kind: .user)
        let hidden = names.hiding("[\(cut)] [\(long)@corp.com] \(long)")
        #expect(hidden == "[name-1] [user-2] \(long)")
        #expect(names.restoring(hidden) == "[\(cut)] [\(long)@corp.com] \(long)")
    }

    @Test func isLinearInTextsAndNames() {
        var names = Pseudonyms()
        names.register((0..<5_000).map { "login\($0)@corp.com" } + [String(repeating: "a ", count: 2_000)], kind: .user)
        let text = (0..<5_000).map { "login\($0)@corp.com" }.joined(separator: " ") + String(repeating: "a.a a@", count: 5_000)
        var isSame = false
        let time = ContinuousClock().measure {
            let hidden = names.hiding(text)
            isSame = names.restoring(hidden) == text
        }
        #expect(isSame)
        #expect(time < .seconds(60))
    }
}

@Suite struct PseudonymousModelTests {
    /// Says its text in pieces of one size, as a server does, and keeps what it was asked.
    final class PieceModel: LanguageModel {
        let name = "pieces"
        let text: String, size: Int, failure: Diagnostic?
        let asked = Mutex<[ModelRequest]>([])

        init(_ text: String, size: Int, failure: Diagnostic? = nil) {
            (self.text, self.size, self.failure) = (text, size, failure)
        }

        func reply(to request: ModelRequest, onText: @escaping @Sendable (String) -> Void) async throws -> ModelReply {
            asked.withLock { $0.append(request) }
            var rest = text[...]
            while !rest.isEmpty {
                onText(String(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            if let failure { throw failure }
            return ModelReply(text: text, reasoning: "user-1?", model: name)
        }
    }

    final class Heard: Sendable {
        let pieces = Mutex<[String]>([])
        func hear(_ piece: String) { pieces.withLock { $0.append(piece) } }
        var text: String { pieces.withLock { $0.joined() } }
    }

    static func behind(_ model: any LanguageModel) -> PseudonymousModel {
        PseudonymousModel(model) { [("jane", .user), (#"CORP\"bob""#, .user), ("10.0.0.1", .address)] }
    }

    static func request(_ texts: String..., schema: ReplySchema? = nil) -> ModelRequest {
        ModelRequest(purpose: "answer", messages: texts.map { ChatMessage(.user, $0) }, schema: schema)
    }

    @Test(
        arguments: [
            ("user-1 came from ip-1.", "jane came from 10.0.0.1."),
            ("user-1", "jane"),
            ("user-12 user-99 us user- u", "user-12 user-99 us user- u"),
            (#"user-2 \nuser-1 \u003cuser-1"#, #"CORP\"bob" \njane \u003cjane"#),
            ("user-123456789012 users-1 ip-1-1", "user-123456789012 users-1 10.0.0.1-1"),
        ], [1, 2, 3, 7, 1000])
    func streamed(row: (said: String, expected: String), size: Int) async throws {
        let heard = Heard()
        let reply = try await Self.behind(PieceModel(row.said, size: size)).reply(to: Self.request("?")) { heard.hear($0) }
        #expect(reply == ModelReply(text: row.expected, reasoning: "jane?", model: "pieces"))
        #expect(heard.text == row.expected)
        #expect(!heard.pieces.withLock { $0.contains("") })
    }

    @Test func holdsBackNoMoreThanAPseudonym() async throws {
        let heard = Heard()
        _ = try await Self.behind(PieceModel("so user-1 did it", size: 4)).reply(to: Self.request("?")) { heard.hear($0) }
        #expect(heard.pieces.withLock { $0 } == ["so ", "jane di", "d it"])
    }

    @Test func restoresValidJSON() async throws {
        let schema = ReplySchema(name: "risk", schema: ["type": "object"])
        let model = Self.behind(ScriptedModel([#"{"who":"user-2","where":"ip-1"}"#]))
        let reply = try await model.reply(to: Self.request("?", schema: schema))
        #expect(reply.text == #"{"who":"CORP\\\"bob\"","where":"10.0.0.1"}"#)
        #expect(try JSONValue(parsing: reply.text)["who"] == .string(#"CORP\"bob""#))
    }

    @Test func sendsPseudonymsOnly() async throws {
        let inner = PieceModel("", size: 1), model = Self.behind(inner)
        let schema = ReplySchema(name: "s", schema: ["type": "object"])
        var request = Self.request("Okta", #"{"a":"CORP\\\"bob\"","b":"jane"}"#, "Did jane use 10.0.0.1 or ::1?", schema: schema)
        request.maxTokens = 5
        _ = try await model.reply(to: request)
        _ = try await model.reply(to: Self.request("::1 and jane again"))
        var first = Self.request("Okta", #"{"a":"user-2","b":"user-1"}"#, "Did user-1 use ip-1 or ip-2?", schema: schema)
        first.maxTokens = 5
        #expect(inner.asked.withLock { $0 } == [first, Self.request("ip-2 and user-1 again")])
        #expect(model.name == "pieces")
    }

    @Test func failureKeepsWhatWasSaid() async {
        let heard = Heard()
        await #expect(throws: Diagnostic.interrupted) {
            try await Self.behind(PieceModel("by user-1", size: 3, failure: .interrupted)).reply(to: Self.request("?")) {
                heard.hear($0)
            }
        }
        #expect(heard.text == "by jane")
    }

    @Test(arguments: [
        ("http://localhost:1234/v1", true), ("HTTP://LocalHost", true), ("https://127.0.0.1/v1?x=@", true),
        ("http://127.8.9.10:80", true), ("http://[::1]:11434/v1", true), ("http://[::ffff:127.0.0.1]/", true),
        ("https://api.openai.com/v1", false), ("http://localhost.evil.com", false), ("http://127.0.0.1.evil.com", false),
        ("http://localhost@evil.com", false), ("http://localhost:1@evil.com/", false), ("http://localhost\\@evil.com", false),
        ("http://[::2]/", false), ("http://128.0.0.1", false), ("http://127.0.0.256", false), ("http://127.0.0.01x", false),
        ("localhost:1234", false), ("", false), ("http://localhost\n.evil.com", false), ("ftp://localhost", false),
        ("http://evil.com/localhost", false), ("http://[localhost]/", false), ("http://0.0.0.0/", false),
    ])
    func loopback(url: String, expected: Bool) {
        #expect(ChatEndpointConfiguration(baseURL: url, model: "m").isLoopback == expected)
    }
}
