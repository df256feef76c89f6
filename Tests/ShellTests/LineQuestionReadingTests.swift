import Diagnostics
import Testing

@testable import Shell

/// Ordinary English at the prompt.
@Suite struct LineQuestionReadingTests {
    /// None of these begins with a command: each is a question, as it stands.
    @Test(arguments: [
        "who is bob", "who's bob?", "how many failures did alice have?", "what happened at 19:25",
        "was alice's account taken over", "is it over", "what is the score", "when did bob log in",
        "where was bob at 19:00", "which users failed most", "whose session is this", "list all failed logins",
        "find logins from Tor", "tell me about bob", "give me the worst five", "count failures by user",
        "does bob travel", "did anyone reset MFA", "have we seen 203.0.113.10", "many failures, why",
        "take me back", "make a plan for bob", "compare alice and bob", "explain finding 2",
        "slow logins", "shop.example.com logins", "snow", "plane tickets", "stats", "core users", "held sessions",
        "quiet hours", "quite a lot of failures", "mode of entry", "node is down", "task list", "work on bob",
        "please explain", "bob", "10.0.0.1", "-5 minutes", "- what now", "#2", "Why was bob flagged",
        "Show me failed logins", "What happened?", "plan?", "quit?", "¿quién es bob?", "ボブは誰", "ls", "cd ..",
    ])
    func questions(_ line: String) { #expect(readAtPrompt(line) == [.question(line)]) }

    @Test(arguments: [
        ("? who is bob", "who is bob"),
        ("?who is bob", "who is bob"),
        ("?? detect", "detect"),
        ("? 'who is bob'", "who is bob"),
        ("? status", "status"),
        ("?--format", "--format"),
        (#""who is bob""#, "who is bob"),
    ])
    func wrapped(_ line: String, _ question: String) { #expect(readAtPrompt(line) == [.question(question)]) }

    /// These begin with a command's name, but do not fit it and read as English.
    @Test(arguments: [
        ("why was bob flagged", "why"),
        ("why was bob's account flagged", "why"),
        ("why did 8f3c get this score", "why"),
        ("why did you not promote alice?", "why"),
        ("why bob?", "why"),
        ("why so many failures", "why"),
        ("show me failed logins", "show"),
        ("show me alice's and bob's logins", "show"),
        ("show logins on 2025-11-12", "show"),
        ("show me the last 10 failures", "show"),
        ("show failed logins since monday", "show"),
        ("show everything from 10.0.0.0/8", "show"),
        ("plan for tomorrow?", "plan"),
        ("plan for tomorrow", "plan"),
        ("score of the game", "score"),
        ("status of bob?", "status"),
        ("status of bob", "status"),
        ("run the pipeline again", "run"),
        ("last night's logins?", "last"),
        ("report on alice", "report"),
        ("history of alice", "history"),
        ("detect anything from Tor", "detect"),
        ("model says what?", "model"),
        ("help me understand this", "help"),
        ("timeline for bob", "timeline"),
        ("route to the exit", "route"),
        ("commands you would run", "commands"),
    ])
    func passedOver(_ line: String, _ name: String) {
        let notice = "read as a question; `help \(name)` shows the command"
        #expect(readAtPrompt(line) == [.question(line, notice: notice)])
    }

    /// Segments go by the rules of text once they are read as questions.
    @Test func questionsInALine() {
        let notice = "read as a question; `help show` shows the command"
        #expect(
            readAtPrompt("show me alice's logins; show me bob's logins; detect") == [
                .question("show me alice's logins", notice: notice), .question("show me bob's logins", notice: notice),
                .run("detect"),
            ])
        #expect(
            readAtPrompt("who is bob; what did he do; score") == [
                .question("who is bob"), .question("what did he do"), .run("score"),
            ])
    }

    /// These begin with a command's name, do not fit it, and do not read as English: they are mistakes.
    @Test(arguments: [
        "why 9999", "why bob", "status 8f3c", "status 8f3c pending", "status 8f3c of triaged now", "plan 9999",
        "show failed logins", "show --for me the logins", "ingest okta since yesterday", "ingest the file logs/a.json",
        "ingest missing.ndjson", "ingest from the file a.json", "verdict 8f3c benign for now", "detect only=x for me",
        "entity alice and bob", "sessions all of-them", "quit now",
    ])
    func mistakes(_ line: String) {
        let meanings = readAtPrompt(line)
        guard case .error = meanings.first, meanings.count == 1 else {
            Issue.record("\(line) is \(meanings)")
            return
        }
    }
}
