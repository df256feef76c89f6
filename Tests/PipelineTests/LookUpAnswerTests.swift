import Testing

@testable import Pipeline

@Suite("The built-in analyst looks up in")
struct LookUpAnswerTests {
    static let answers: [(question: String, answer: String)] = [
        (
            "who failed to log in?",
            """
            1 actor in 5 failed events:
            alice: 5, 2025-11-12 18:00:00Z – 18:06:00Z [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "which users failed?",
            """
            1 actor in 5 failed events:
            alice: 5, 2025-11-12 18:00:00Z – 18:06:00Z [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "who used 203.0.113.10?",
            """
            1 actor in 5 events from 203.0.113.10:
            alice: 5, 2025-11-12 18:00:00Z – 18:06:00Z [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "who signed in from New York?",
            """
            1 actor in 1 event from New York:
            bob: 1, 2025-11-12 19:25:00Z [evt-2002]
            """
        ),
        (
            "who's bob?",
            """
            2 events by bob, 2025-11-12 19:00:00Z – 19:25:00Z; SUCCESS 2. [evt-2001] [evt-2002]
            Countries: FR 1, US 1. Addresses: 198.51.100.20 1, 192.0.2.44 1.
            1 finding about bob:
            high 0.72, in an incident: Possible impossible travel for actor bob: FR -> US within 0:25:00. [evt-2001] [evt-2002]
            """
        ),
        (
            "who accessed app-payroll?",
            """
            1 actor in 1 event on app-payroll:
            charlie: 1, 2025-11-12 20:05:00Z [evt-3002]
            """
        ),
        (
            "how many failed logins were there?",
            """
            5 failed logins, 2025-11-12 18:00:00Z – 18:06:00Z. [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "how many failed logins per user?",
            """
            1 actor in 5 failed logins:
            alice: 5, 2025-11-12 18:00:00Z – 18:06:00Z [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "how many failed logins for each IP address?",
            """
            1 address in 5 failed logins:
            203.0.113.10: 5, 2025-11-12 18:00:00Z – 18:06:00Z [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "how many failed logins did alice have?",
            """
            5 failed logins by alice, 2025-11-12 18:00:00Z – 18:06:00Z. [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "how many users are there?",
            """
            3 actors in 9 events:
            alice: 5, 2025-11-12 18:00:00Z – 18:06:00Z [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            bob: 2, 2025-11-12 19:00:00Z – 19:25:00Z [evt-2001] [evt-2002]
            charlie: 2, 2025-11-12 20:00:00Z – 20:05:00Z [evt-3001] [evt-3002]
            """
        ),
        (
            "how many events by event type?",
            """
            2 event types in 9 events:
            user.session.start: 8, 2025-11-12 18:00:00Z – 20:00:00Z [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005] and 3 more
            user.authentication.sso: 1, 2025-11-12 20:05:00Z [evt-3002]
            """
        ),
        (
            "how many events from FR or DE?",
            """
            3 events from FR or DE, 2025-11-12 19:00:00Z – 20:05:00Z. [evt-2001] [evt-3001] [evt-3002]
            By actor: charlie 2, bob 1.
            """
        ),
        (
            "how many logins from France?",
            """
            1 login from FR, 2025-11-12 19:00:00Z. [evt-2001]
            """
        ),
        (
            "how many events in the last 2 hours?",
            """
            5 events between 2025-11-12 18:05:00Z and 2025-11-12 20:05:00Z, 2025-11-12 18:06:00Z – 20:05:00Z. [evt-1005] [evt-2001] [evt-2002] [evt-3001] [evt-3002]
            By actor: bob 2, charlie 2, alice 1.
            """
        ),
        (
            "how many successful logins were there between 19:00 and 20:00?",
            """
            3 successful logins between 2025-11-12 19:00:00Z and 2025-11-12 20:00:00Z, 2025-11-12 19:00:00Z – 20:00:00Z. [evt-2001] [evt-2002] [evt-3001]
            By actor: bob 2, charlie 1.
            """
        ),
        (
            "how many incidents?",
            """
            1 incident:
            high 0.72, open: Impossible travel between two countries: bob (40e8e340) [evt-2001] [evt-2002]
            """
        ),
        (
            "top ips",
            """
            4 addresses in 9 events:
            203.0.113.10: 5, 2025-11-12 18:00:00Z – 18:06:00Z [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            198.51.100.77: 2, 2025-11-12 20:00:00Z – 20:05:00Z [evt-3001] [evt-3002]
            198.51.100.20: 1, 2025-11-12 19:00:00Z [evt-2001]
            192.0.2.44: 1, 2025-11-12 19:25:00Z [evt-2002]
            """
        ),
        (
            "which ip has the most failed logins?",
            """
            1 address in 5 failed events:
            203.0.113.10: 5, 2025-11-12 18:00:00Z – 18:06:00Z [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "which countries did bob use?",
            """
            2 countries in 2 events by bob:
            FR: 1, 2025-11-12 19:00:00Z [evt-2001]
            US: 1, 2025-11-12 19:25:00Z [evt-2002]
            """
        ),
        (
            "which user agents did bob use?",
            """
            1 user agent in 2 events by bob:
            Mozilla/5.0: 2, 2025-11-12 19:00:00Z – 19:25:00Z [evt-2001] [evt-2002]
            """
        ),
        (
            "give me the ips of bob",
            """
            2 addresses in 2 events by bob:
            198.51.100.20: 1, 2025-11-12 19:00:00Z [evt-2001]
            192.0.2.44: 1, 2025-11-12 19:25:00Z [evt-2002]
            """
        ),
        (
            "show me evt-2001",
            """
            1 event, 2025-11-12 19:00:00Z:
            2025-11-12 19:00:00Z bob user.session.start SUCCESS from 198.51.100.20 Paris FR [evt-2001]
            """
        ),
        (
            "list all findings",
            """
            2 findings:
            medium 0.42: 5 failed logins for actor alice within 0:10:00. [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            high 0.72, in an incident: Possible impossible travel for actor bob: FR -> US within 0:25:00. [evt-2001] [evt-2002]
            """
        ),
        (
            "when did alice first fail?",
            """
            2025-11-12 18:00:00Z alice user.session.start FAILURE from 203.0.113.10 Washington US [evt-1001]
            """
        ),
        (
            "last seen alice",
            """
            2025-11-12 18:06:00Z alice user.session.start FAILURE from 203.0.113.10 Washington US [evt-1005]
            """
        ),
        (
            "when did bob sign in?",
            """
            2 events by bob:
            2025-11-12 19:00:00Z bob user.session.start SUCCESS from 198.51.100.20 Paris FR [evt-2001]
            2025-11-12 19:25:00Z bob user.session.start SUCCESS from 192.0.2.44 New York US [evt-2002]
            """
        ),
        (
            "how long did the attack on alice last?",
            """
            6 min: 5 events by alice, 2025-11-12 18:00:00Z – 18:06:00Z. [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "where did bob sign in from?",
            """
            2 events by bob came from:
            Paris FR 198.51.100.20: 1 event, 2025-11-12 19:00:00Z [evt-2001]
            New York US 192.0.2.44: 1 event, 2025-11-12 19:25:00Z [evt-2002]
            """
        ),
        (
            "from where did alice fail?",
            """
            5 failed events by alice came from:
            Washington US 203.0.113.10: 5 events, 2025-11-12 18:00:00Z – 18:06:00Z [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
    ]

    @Test("the demo's events", arguments: answers)
    func demo(question: String, answer: String) async throws {
        #expect(RuleAnalyst().reply(to: question, in: try await DemoCase.solved()).text == answer)
    }
}
