import Testing

@testable import Pipeline

@Suite("The built-in analyst explains")
struct CaseAnswerTests {
    static let answers: [(question: String, answer: String)] = [
        (
            "why did you not promote alice?",
            """
            alice was flagged for burst of failed logins: 5 failed logins for actor alice within 0:10:00. [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            5 events, 2025-11-12 18:00:00Z – 18:06:00Z, from 203.0.113.10 (Washington US).
            Not promoted: score 0.42, medium (likelihood 0.70 × impact 0.60), below the threshold of 0.60. Failures only: no success followed within the hour.
            """
        ),
        (
            "why was bob flagged?",
            """
            bob was flagged for impossible travel between two countries: Possible impossible travel for actor bob: FR -> US within 0:25:00. [evt-2001] [evt-2002]
            2 events, 2025-11-12 19:00:00Z – 19:25:00Z, from 198.51.100.20 (Paris FR) and 192.0.2.44 (New York US).
            Promoted: score 0.72, high (likelihood 0.90 × impact 0.80), at or above the threshold of 0.60. Two countries inside an hour, and no shared device to explain it.
            """
        ),
        (
            "why is charlie not flagged?",
            """
            No finding about charlie: none of the detectors objected. [evt-3001] [evt-3002]
            """
        ),
        (
            "how bad is bob's finding?",
            """
            high 0.72: Possible impossible travel for actor bob: FR -> US within 0:25:00. Two countries inside an hour, and no shared device to explain it. [evt-2001] [evt-2002]
            """
        ),
        (
            "what is the worst finding?",
            """
            high 0.72: Possible impossible travel for actor bob: FR -> US within 0:25:00. Two countries inside an hour, and no shared device to explain it. [evt-2001] [evt-2002]
            medium 0.42: 5 failed logins for actor alice within 0:10:00. Failures only: no success followed within the hour. [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "is bob compromised?",
            """
            1 finding about bob:
            high 0.72, in an incident: Possible impossible travel for actor bob: FR -> US within 0:25:00. [evt-2001] [evt-2002]
            """
        ),
        (
            "is charlie ok?",
            """
            No finding about charlie; there are 2 about others.
            """
        ),
        (
            "anything wrong?",
            """
            2 findings:
            medium 0.42: 5 failed logins for actor alice within 0:10:00. [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            high 0.72, in an incident: Possible impossible travel for actor bob: FR -> US within 0:25:00. [evt-2001] [evt-2002]
            """
        ),
        (
            "did alice ever log in successfully?",
            """
            No successful events by alice. Loaded: 2025-11-12 18:00:00Z – 2025-11-12 20:05:00Z.
            """
        ),
        (
            "did anyone get in after the failures?",
            """
            alice: no success after 5 failures, the last at 2025-11-12 18:06:00Z. [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "did charlie access app-payroll?",
            """
            Yes: 1 event by charlie on app-payroll, 2025-11-12 20:05:00Z. [evt-3002]
            """
        ),
        (
            "did bob travel?",
            """
            2 events by bob, 2025-11-12 19:00:00Z – 19:25:00Z; SUCCESS 2. [evt-2001] [evt-2002]
            Countries: FR 1, US 1. Addresses: 198.51.100.20 1, 192.0.2.44 1.
            1 finding about bob:
            high 0.72, in an incident: Possible impossible travel for actor bob: FR -> US within 0:25:00. [evt-2001] [evt-2002]
            Not used in this answer, as nothing loaded is called so: travel.
            """
        ),
        (
            "what next?",
            """
            Impossible travel between two countries: bob (high 0.72) comes first. [evt-2001] [evt-2002]
            Find out whether bob's account is in use by someone else, and stop it without losing evidence.
            1. collect_auth_logs: Collect all events of the account, from an hour before the first to an hour after the last
            2. analyze_geo_and_devices: See which devices and places the account was used from
            3. lock_account (needs approval): Suspend the account, if the devices and places do not clear its owner
            4. revoke_sessions (needs approval): End the account's sessions and withdraw its tokens
            5. notify_user (needs approval): Speak with the owner over a channel other than mail
            6. update_incident_status: Record what was found and set the incident's status
            The commands for these steps: commands 40e8e340
            """
        ),
        (
            "what happened?",
            """
            9 events, 2025-11-12 18:00:00Z – 20:05:00Z; FAILURE 5, SUCCESS 4. [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005] [evt-2001] [evt-2002] [evt-3001] [evt-3002]
            Actors: alice 5, bob 2, charlie 2.
            Countries: US 6, DE 2, FR 1. Addresses: 203.0.113.10 5, 198.51.100.77 2, 198.51.100.20 1, 192.0.2.44 1.
            2 findings:
            medium 0.42: 5 failed logins for actor alice within 0:10:00. [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            high 0.72, in an incident: Possible impossible travel for actor bob: FR -> US within 0:25:00. [evt-2001] [evt-2002]
            """
        ),
        (
            "what happened between 18:00 and 18:05?",
            """
            4 events between 2025-11-12 18:00:00Z and 2025-11-12 18:05:00Z, 2025-11-12 18:00:00Z – 18:04:30Z; FAILURE 4. [evt-1001] [evt-1002] [evt-1003] [evt-1004]
            Countries: US 4. Addresses: 203.0.113.10 4.
            1 finding between 2025-11-12 18:00:00Z and 2025-11-12 18:05:00Z:
            medium 0.42: 5 failed logins for actor alice within 0:10:00. [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "what did alice do after 18:03?",
            """
            3 events by alice since 2025-11-12 18:03:00Z, 2025-11-12 18:03:00Z – 18:06:00Z; FAILURE 3. [evt-1003] [evt-1004] [evt-1005]
            Countries: US 3. Addresses: 203.0.113.10 3.
            1 finding about alice since 2025-11-12 18:03:00Z:
            medium 0.42: 5 failed logins for actor alice within 0:10:00. [evt-1001] [evt-1002] [evt-1003] [evt-1004] [evt-1005]
            """
        ),
        (
            "what happened to bob at 19:25?",
            """
            1 event by bob between 2025-11-12 19:25:00Z and 2025-11-12 19:25:59Z, 2025-11-12 19:25:00Z; SUCCESS 1. [evt-2002]
            Countries: US 1. Addresses: 192.0.2.44 1.
            1 finding about bob between 2025-11-12 19:25:00Z and 2025-11-12 19:25:59Z:
            high 0.72, in an incident: Possible impossible travel for actor bob: FR -> US within 0:25:00. [evt-2001] [evt-2002]
            """
        ),
        (
            "what happened on the 14th?",
            """
            No events between 2025-11-14 00:00:00Z and 2025-11-14 23:59:59Z. Loaded: 2025-11-12 18:00:00Z – 2025-11-12 20:05:00Z.
            """
        ),
        (
            "what happened in october?",
            """
            No events between 2025-10-01 00:00:00Z and 2025-10-31 23:59:59Z. Loaded: 2025-11-12 18:00:00Z – 2025-11-12 20:05:00Z.
            """
        ),
        (
            "tell me about charlie",
            """
            2 events by charlie, 2025-11-12 20:00:00Z – 20:05:00Z; SUCCESS 2. [evt-3001] [evt-3002]
            Countries: DE 2. Addresses: 198.51.100.77 2.
            No finding about charlie; there are 2 about others.
            """
        ),
        (
            "what did mallory do?",
            """
            I cannot answer that. Nothing loaded is called "mallory".
            I can say who, what, when, where, how many, why and what next, about actors, addresses, findings, incidents and times that are loaded. Nearest commands: show events, why ID, help.
            """
        ),
        (
            "how many events from 198.51.100.99?",
            """
            Nothing loaded mentions 198.51.100.99. Loaded: 2025-11-12 18:00:00Z – 2025-11-12 20:05:00Z.
            """
        ),
        (
            "who did not fail?",
            """
            I cannot answer that. "not" needs a comparison that I do not make.
            I can say who, what, when, where, how many, why and what next, about actors, addresses, findings, incidents and times that are loaded. Nearest commands: show events, why ID, help.
            """
        ),
        (
            "what is the capital of Peru?",
            """
            I cannot answer that. Nothing loaded is called "capital" and "peru".
            I can say who, what, when, where, how many, why and what next, about actors, addresses, findings, incidents and times that are loaded. Nearest commands: show events, why ID, help.
            """
        ),
        (
            "hello",
            """
            I cannot answer that. Nothing loaded is called "hello".
            I can say who, what, when, where, how many, why and what next, about actors, addresses, findings, incidents and times that are loaded. Nearest commands: show events, why ID, help.
            """
        ),
    ]

    @Test("the demo's events", arguments: answers)
    func demo(question: String, answer: String) async throws {
        #expect(RuleAnalyst().reply(to: question, in: try await DemoCase.solved()).text == answer)
    }
}
