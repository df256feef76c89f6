import JSON
import Models
import Testing

/// What a text is thought to have, and what servers' counts teach.
struct TokenEstimateTests {
    @Test("Each class of characters has its weight", arguments: [
        ("", 0), ("a", 1), ("signed", 1), ("sign in", 2), ("authenticator", 3),
        // Digits go by threes.
        ("7", 1), ("2025", 2), ("192.0.2.44", 7),
        // What looks like an id is dense.
        ("00u1ero7vZFVEIYLWPBN", 12), ("9b2e4c01-77aa-4d2f-8b1e-0c5d6e7f8a9b", 23),
        (String(repeating: "QUJD", count: 25), 59),
        // Signs, blanks and line ends.
        ("!", 1), (#"{"a":1}"#, 6), ("a  b", 3), ("a\n\n\nb", 3),
        // Other scripts.
        ("é", 2), ("вход", 2), ("مرحبا", 4), ("登录", 2), ("🔐", 3),
    ])
    func weights(text: String, tokens: Int) {
        #expect(TokenEstimate.tokens(of: text) == tokens, "\(text)")
    }

    /// Counted with the vocabulary cl100k_base.
    @Test("An estimate is near what a tokenizer counts", arguments: [
        ("Two countries inside an hour, and no shared device to explain it.", 14),
        (#"{"id":"evt-1001","event_type":"user.session.start","actor_id":"alice","ip_address":"203.0.113.10","#
            + #""outcome":"FAILURE","timestamp":"2025-11-12T18:00:00Z"}"#, 51),
        (#"{"published":"2025-11-12T18:06:00.000Z","client":{"ipAddress":"203.0.113.10","zone":"OFF_NETWORK"}}"#, 37),
        ("Пользователь вошёл в систему из необычной страны и сменил фактор аутентификации.", 34),
        ("用户从不寻常的国家登录系统,更改了身份验证因素,然后打开了会计应用程序。", 32),
    ])
    func near(text: String, counted: Int) {
        let ratio = Double(TokenEstimate.tokens(of: text)) / Double(counted)
        #expect((0.75...1.35).contains(ratio), "\(TokenEstimate.tokens(of: text)) for \(counted): \(text)")
    }

    @Test("A request is its messages, what stands around them, and its schema")
    func request() {
        let messages = [ChatMessage(.system, "sign in"), ChatMessage(.user, "a")]
        var request = ModelRequest(purpose: "answer", messages: messages)
        #expect(TokenEstimate.tokens(of: request) == 3 + (4 + 2) + (4 + 1))
        request.schema = ReplySchema(name: "n", schema: ["a": 1])
        #expect(TokenEstimate.tokens(of: request) == 3 + (4 + 2) + (4 + 1) + 6)
    }

    @Test("A long text takes no time", .timeLimit(.minutes(1)))
    func long() {
        #expect(TokenEstimate.tokens(of: String(repeating: "a1 {\u{1F510}é", count: 20_000)) == 131_600)
    }

    // MARK: Calibration

    @Test("Estimates follow what the server counts", arguments: [
        ([], 1_000), ([(1_000, 1_200)], 1_200), ([(1_000, 1_200), (1_000, 1_000)], 1_089),
        // A way of counting of its own is followed only so far.
        ([(100, 900)], 2_500), ([(100, 10)], 500),
        // A shortfall and nonsense teach nothing.
        ([(1_000, 400)], 1_000), ([(1_000, 0)], 1_000), ([(1_000, -5)], 1_000), ([(1_000, Int.max)], 1_000),
        ([(0, 5)], 1_000),
    ] as [([(Int, Int)], Int)])
    func calibrated(counts: [(Int, Int)], tokens: Int) {
        var calibration = TokenCalibration()
        for (estimated, counted) in counts { calibration.learn(estimated: estimated, counted: counted) }
        #expect(calibration.tokens(1_000) == tokens)
    }

    @Test("Far fewer than were sent are told, once there is enough to tell by", arguments: [
        (0, 9_100, 4_096, .shortfall), (0, 9_100, 5_000, .learnt), (3, 9_100, 5_000, .shortfall),
        (0, 300, 20, .learnt), (0, 9_100, Int.max, .ignored), (0, Int.max, 5, .shortfall),
    ] as [(Int, Int, Int, TokenCalibration.Lesson)])
    func shortfalls(before: Int, estimated: Int, counted: Int, lesson: TokenCalibration.Lesson) {
        var calibration = TokenCalibration()
        for _ in 0..<before { calibration.learn(estimated: 1_000, counted: 1_000) }
        #expect(calibration.learn(estimated: estimated, counted: counted) == lesson)
    }
}
