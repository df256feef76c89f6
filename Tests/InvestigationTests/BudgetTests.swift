import Diagnostics
import HTTP
import Investigation
import JSON
import Models
import Pipeline
import Synchronization
import Testing

/// Answers questions about spending in their order, then says that nobody is there; keeps what was asked and told.
private final class Spender: Sendable {
    private let answers: Mutex<[SpendingAnswer]>
    private let asked = Mutex<[SpendingQuestion]>([])
    private let told = Mutex<[String]>([])

    init(_ answers: [SpendingAnswer]) { self.answers = Mutex(answers.reversed()) }

    var questions: [SpendingQuestion] { asked.withLock { $0 } }
    var notices: [String] { told.withLock { $0 } }

    var watch: Session.Watch {
        var watch = Session.Watch()
        watch.approve = { [self] question in
            asked.withLock { $0.append(question) }
            return answers.withLock { $0.popLast() } ?? .unavailable
        }
        watch.onNotice = { [self] text in told.withLock { $0.append(text) } }
        return watch
    }
}

/// What models may spend: estimates, questions, limits, and what remains of them in the record.
struct BudgetTests {
    private static let risk =
        #"{"severity":"high","likelihood":0.9,"impact":0.9,"score":0.81,"rationale":"two countries"}"#

    /// A model that says so much was counted.
    private func model(
        _ name: String = "m", counted: TokenUsage? = TokenUsage(prompt: 1_000, completion: 100)
    ) -> ScriptedModel {
        let reply = ModelReply(text: Self.risk, model: name, usage: counted)
        return ScriptedModel(name: name, Array(repeating: .reply(reply), count: 20))
    }

    private func open(
        _ model: any LanguageModel, _ budget: ModelBudget, in folder: TemporaryFolder
    ) async throws -> Session {
        let (transcript, _, isNew) = try await SessionFolder(path: folder.path + "/sessions").open("test")
        let session = Session(
            name: "test", settings: SessionSettings(), transcript: transcript,
            store: try ArtifactStore(folder: folder.path + "/data"), model: model, budget: budget,
            analyst: { ModelAnalyst(model: $0) })
        if isNew { try await session.begin(version: "test") }
        return session
    }

    /// Reads the demo and scores its two findings.
    private func score(_ session: Session, _ spender: Spender) async throws -> [String] {
        _ = try await session.perform(.ingest(.init(paths: [demo])), words: ["ingest"])
        let result = try await session.perform(
            .score(findings: [], maxModelCalls: 50), words: ["score"], watch: spender.watch)
        return (result.json.array ?? []).map { $0["source"]?.string ?? "" }
    }

    private func verify(_ folder: TemporaryFolder) async throws -> Int {
        try await Replay(SavedSession(path: folder.path + "/sessions/test.jsonl")).verify { ModelAnalyst(model: $0) }
            .compared
    }

    private func calls(_ folder: TemporaryFolder) throws -> [JSONValue] {
        let saved = try SavedSession(path: folder.path + "/sessions/test.jsonl")
        return saved.records.filter { $0["type"]?.string == "model_call" }
    }

    // MARK: The question

    @Test("Below the limit nobody is asked, and without one neither", arguments: [nil, 100_000])
    func unasked(limit: Int?) async throws {
        let folder = try TemporaryFolder(), spender = Spender([])
        let session = try await open(model(), ModelBudget(askTokens: limit), in: folder)
        #expect(try await score(session, spender) == ["model:m", "model:m"])
        #expect(spender.questions.isEmpty)
    }

    @Test("What the command has spent counts: it is asked once, and goes on")
    func goesOn() async throws {
        let folder = try TemporaryFolder(), spender = Spender([.proceed]), m = model()
        let tariff = ModelTariff(input: 1, output: 10, currency: "USD")
        let profile = ModelProfile(name: "m", context: 8_192, tariff: tariff)
        let session = try await open(
            m, ModelBudget(askTokens: 2_000, profiles: [profile], endpoint: "localhost:1", replyTokens: 150),
            in: folder)
        #expect(try await score(session, spender) == ["model:m", "model:m"])
        let question = try #require(spender.questions.first)
        #expect(spender.questions.count == 1 && m.requests.count == 2)
        #expect(question.task == "score" && question.endpoint == "localhost:1" && question.limit == .tokens(2_000))
        #expect(question.spentTokens == 1_100 && question.spentCost == ModelCost(amount: 0.002, currency: "USD"))
        #expect(question.tokensOut == 150 && question.nextTokens == 1_100 + question.tokensIn + 150 + 2_000)
        #expect(question.cost == tariff.cost(input: question.tokensIn, output: 150))
        #expect(question.model.context == ContextReading(tokens: 8_192, origin: "config.json"))
        #expect(question.others.isEmpty)
        try await session.end()
        #expect(try await verify(folder) == 2)
        #expect(try calls(folder).map { $0["decision"]?.string } == [nil, "continue"])
    }

    @Test("Who stops gets the rest from the built-in analyst, for this command alone")
    func stops() async throws {
        let folder = try TemporaryFolder(), spender = Spender([.stop]), m = model()
        let session = try await open(m, ModelBudget(askTokens: 10), in: folder)
        let reason = "rules: the analyst stopped asking the model after 0 tokens"
        #expect(try await score(session, spender) == [reason, reason])
        #expect(spender.questions.count == 1 && m.requests.isEmpty)
        let again = Spender([.proceed, .proceed])
        #expect(try await score(session, again) == ["model:m", "model:m"])
        try await session.end()
        #expect(try await verify(folder) == 4)
        let figures = try #require(session.spending.tasks.first?.figures)
        #expect((figures.calls, figures.unsent, figures.countedIn, figures.countedOut) == (2, 2, 2_000, 200))
    }

    @Test("Another model answers for the rest of the session, and a replay knows which did")
    func switches() async throws {
        let folder = try TemporaryFolder(), spender = Spender([.other("big")]), big = model("big"), m = model()
        let profiles = [ModelProfile(name: "m"), ModelProfile(name: "big", context: 9_000)]
        var budget = ModelBudget(askTokens: 1_500, profiles: profiles)
        budget.model = { _ in big }
        let session = try await open(m, budget, in: folder)
        #expect(try await score(session, spender) == ["model:m", "model:big"])
        #expect(spender.questions.map(\.others) == [[ModelProfile(name: "big", context: 9_000)]])
        #expect(spender.notices.contains("big is asked from here on, until this session ends"))
        #expect(session.modelInUse?.profile.name == "big" && session.usage?.models == ["m", "big"])
        #expect(try await score(session, Spender([.proceed])) == ["model:big", "model:big"])
        #expect((m.requests.count, big.requests.count) == (1, 3))
        try await session.end()
        #expect(try await verify(folder) == 4)
        #expect(try calls(folder).map { $0["model"]?.string } == ["m", "big", "big", "big"])
    }

    @Test("Without a terminal the built-in analyst answers, and says what would let the model")
    func nobody() async throws {
        let folder = try TemporaryFolder(), spender = Spender([]), m = model()
        let session = try await open(m, ModelBudget(askTokens: 10), in: folder)
        let sources = try await score(session, spender)
        #expect(sources.allSatisfy { $0.hasPrefix("rules: about ") && $0.contains("would pass LLM_ASK_TOKENS (10)") })
        #expect(sources.allSatisfy { $0.hasSuffix("; `--yes` goes on without asking") })
        #expect(spender.questions.count == 1 && m.requests.isEmpty && session.usage == nil)
        try await session.end()
        #expect(try await verify(folder) == 2)
    }

    @Test("Ctrl-C at the question interrupts the command; a replay passes it over and goes on")
    func interrupted() async throws {
        let folder = try TemporaryFolder(), m = model()
        let session = try await open(m, ModelBudget(askTokens: 2_000), in: folder)
        let fault = await #expect(throws: Diagnostic.self) { _ = try await score(session, Spender([.interrupted])) }
        #expect(fault?.kind == .interrupted && m.requests.count == 1)
        #expect(try await score(session, Spender([.proceed])) == ["model:m", "model:m"])
        try await session.end()
        #expect(try await verify(folder) == 3)
    }

    @Test("Money is a limit of its own, where there is a price", arguments: [(true, 1), (false, 0)])
    func money(isPriced: Bool, questions: Int) async throws {
        let folder = try TemporaryFolder(), spender = Spender([.proceed])
        let tariff = ModelTariff(input: 0, output: 1_000, currency: "EUR")
        let budget = ModelBudget(
            askCost: 0.05, profiles: [ModelProfile(name: "m", tariff: isPriced ? tariff : nil)])
        let session = try await open(model(), budget, in: folder)
        _ = try await score(session, spender)
        // The replies cost 0.10 each; a reply without bound counts nothing before it came.
        let limit = SpendingLimit.cost(ModelCost(amount: 0.05, currency: "EUR"))
        #expect(spender.questions.map(\.limit) == Array(repeating: limit, count: questions))
        #expect(session.spending.total.costs == (isPriced ? [ModelCost(amount: 0.2, currency: "EUR")] : []))
    }

    // MARK: What does not fit

    @Test("What cannot fit is not sent, and the reason says why", arguments: [
        (ModelProfile(name: "m", context: 100), nil, "do not fit the context of m, 100 tokens (config.json)"),
        (ModelProfile(name: "m", context: 3_000), 2_900, "and 2900 for the reply do not fit the context of m"),
        (ModelProfile(name: "m", context: 1 << 20, tokensPerMinute: 50), nil,
         "tokens are more than m may get in a minute, 50 (config.json)"),
        (ModelProfile(name: "m"), nil, "do not fit the context of m, 64 tokens (the server's /props)"),
    ] as [(ModelProfile, Int?, String)])
    func unfit(profile: ModelProfile, reply: Int?, reason: String) async throws {
        let folder = try TemporaryFolder(), m = model(), spender = Spender([])
        let probes = Mutex(0)
        let session = try await open(
            m, ModelBudget(profiles: [profile], replyTokens: reply, probe: { _ in
                probes.withLock { $0 += 1 }
                return ContextReading(tokens: 64, origin: "the server's /props")
            }), in: folder)
        let sources = try await score(session, spender)
        #expect(sources.allSatisfy { $0.hasPrefix("rules: about ") && $0.contains(reason) }, "\(sources)")
        #expect(m.requests.isEmpty && spender.questions.isEmpty)
        #expect(probes.withLock { $0 } == (profile.context == nil ? 1 : 0))
        try await session.end()
        #expect(try await verify(folder) == 2)
    }

    @Test("A server that does not say how long its context is, is asked once all the same")
    func unknownContext() async throws {
        let folder = try TemporaryFolder(), probes = Mutex<[String]>([])
        let session = try await open(
            model(), ModelBudget(probe: { name in
                probes.withLock { $0.append(name) }
                return nil
            }), in: folder)
        for _ in 1...2 { #expect(try await score(session, Spender([])) == ["model:m", "model:m"]) }
        #expect(probes.withLock { $0 } == ["m"])
        #expect(session.modelInUse?.isProbed == true && session.modelInUse?.context == nil)
    }

    @Test("What a minute does not hold waits for the next one", arguments: [
        (nil, 1, ["waiting 60 s: m may get 1 request a minute"]), (nil, 2, []), (100_000, nil, []),
        (2_000, nil, ["waiting 60 s: m may get 2000 tokens a minute"]),
    ] as [(Int?, Int?, [String])])
    func waits(tokens: Int?, requests: Int?, notices: [String]) async throws {
        let folder = try TemporaryFolder(), spender = Spender([]), slept = Mutex<[Duration]>([])
        let clock = RetryClock(sleep: { time in slept.withLock { $0.append(time) } }, now: { 1_000 })
        let profile = ModelProfile(name: "m", tokensPerMinute: tokens, requestsPerMinute: requests)
        let session = try await open(model(), ModelBudget(profiles: [profile], clock: clock), in: folder)
        #expect(try await score(session, spender) == ["model:m", "model:m"])
        #expect(slept.withLock { $0 } == notices.map { _ in .seconds(60) })
        #expect(spender.notices.filter { $0.hasPrefix("waiting") } == notices)
    }

    @Test("Questions and hunts keep to the budget too, in every task of theirs", arguments: [
        (SpendingAnswer.stop, "rules: the analyst stopped asking the model after 0 tokens"),
        (.unavailable, "`--yes` goes on without asking"),
    ])
    func tasks(answer: SpendingAnswer, reason: String) async throws {
        let folder = try TemporaryFolder(), m = model(), spender = Spender([answer, answer])
        let session = try await open(m, ModelBudget(askTokens: 10), in: folder)
        _ = try await session.perform(.ingest(.init(paths: [demo])), words: ["ingest"])
        let asked = try await session.perform(.ask("who is bob"), words: ["ask"], watch: spender.watch).json
        let hunted = try await session.perform(
            .hunt(HuntRequest("failed logins")), words: ["hunt"], watch: spender.watch).json
        for source in [asked["source"], hunted["query_source"], hunted["source"]] {
            #expect(source?.string?.contains(reason) == true, "\(source?.string ?? "none")")
        }
        #expect(m.requests.isEmpty && spender.questions.map(\.task) == ["answer", "hunt"])
        #expect(session.spending.tasks.map(\.name) == ["answer", "hunt", "hunt_analysis"])
        try await session.end()
        #expect(try await verify(folder) == 3)
    }

    // MARK: Counting

    @Test("A request that the server cut is told once")
    func shortfall() async throws {
        let folder = try TemporaryFolder(), spender = Spender([])
        let session = try await open(model(counted: TokenUsage(prompt: 20, completion: 5)), ModelBudget(), in: folder)
        _ = try await score(session, spender)
        let told = spender.notices.filter { $0.contains("may have cut the request") }
        #expect(told.count == 1 && told[0].hasPrefix("m counted 20 of about "))
    }

    @Test("Counts that cannot be meant are not counted", arguments: [
        nil, TokenUsage(prompt: Int.max, completion: Int.max), TokenUsage(prompt: -7, completion: 3),
        TokenUsage(prompt: 0, completion: 0),
    ])
    func uncounted(usage: TokenUsage?) async throws {
        let folder = try TemporaryFolder()
        let session = try await open(model(counted: usage), ModelBudget(askTokens: 1 << 40), in: folder)
        #expect(try await score(session, Spender([])) == ["model:m", "model:m"])
        let total = session.spending.total
        #expect(total.uncounted == 2 && total.countedIn == 0 && total.estimatedIn > 0)
        #expect(session.usage?.isEstimated == true && session.usage?.tokensIn == total.estimatedIn)
    }

    @Test("A call that fails is told apart, and uses up nothing")
    func failed() async throws {
        let folder = try TemporaryFolder(), spender = Spender([])
        let fault = Diagnostic("the server is away", remedy: "r", kind: .unavailable)
        let m = ScriptedModel(name: "m", [.failure(fault), .failure(fault)])
        let session = try await open(m, ModelBudget(askTokens: 6_000, replyTokens: 3_000), in: folder)
        #expect(try await score(session, spender) == ["rules: the server is away", "rules: the server is away"])
        let total = session.spending.total
        #expect((total.calls, total.failed, total.unsent) == (2, 2, 0) && spender.questions.isEmpty)
    }

    @Test("A resumed session knows what was spent before")
    func resumed() async throws {
        let folder = try TemporaryFolder(), before: JSONValue
        do {
            let session = try await open(model(), ModelBudget(), in: folder)
            _ = try await score(session, Spender([]))
            before = session.spending.json
        }
        let saved = try SavedSession(path: folder.path + "/sessions/test.jsonl")
        let again = try await open(model(), ModelBudget(), in: folder)
        _ = try await again.restore(from: saved)
        #expect(again.spending.json == before && ModelSpending(saved.records).json == before)
        #expect(before[path: "tasks.0.task"] == "score" && before[path: "total.in"]?.integer == 2_000)
    }
}
