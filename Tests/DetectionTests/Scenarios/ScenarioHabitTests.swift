import Events
import Tables
import Testing

@Suite("Scenario: habits")
struct ScenarioHabitTests {
    private static let organisation = ScenarioWorld.tuning.weeks.organisation

    private func events() async throws -> EventTable {
        try #require(try await ScenarioScore.all.value.first?.run(nil)).events
    }

    /// The successful sign-ins of people with a role.
    private func signIns(_ role: Role) async throws -> [(person: Person, event: OktaEvent)] {
        let log = try await events()
        return Self.organisation.people(role).flatMap { person in
            log.rowsOfActor(person.account.id).map { log[$0] }
                .filter { $0.eventType == "user.session.start" && $0.outcome == "SUCCESS" }.map { (person, $0) }
        }
    }

    @Test("Ordinary people sign in from home, office, tunnel, relay or their carrier, and from nowhere else")
    func places() async throws {
        let organisation = Self.organisation
        let relays = Set(organisation.relays.values.flatMap { $0 }.map(\.address) + [organisation.strayRelay.address])
        let signIns = try await signIns(.ordinary)
        #expect(signIns.count > 1000)
        for (person, event) in signIns {
            let known =
                [person.home, person.home(on: Clock.days)] + (person.office?.egress ?? []) + person.tunnel
                + person.carrier
            let address = event.ipAddress ?? ""
            #expect(
                known.contains { $0.address == address } || person.usesRelay && relays.contains(address),
                "\(person.account.login)")
        }
    }

    @Test("Offices, tunnels and carriers are shared; homes are not")
    func sharing() async throws {
        var actors: [String: Set<String>] = [:]
        for (person, event) in try await signIns(.ordinary) {
            actors[event.ipAddress ?? "", default: []].insert(person.account.id)
        }
        for office in Self.organisation.offices {
            #expect(office.egress.contains { actors[$0.address, default: []].count > 5 })
        }
        for person in Self.organisation.people(.ordinary) {
            #expect(actors[person.home.address, default: []].count <= 1)
        }
    }

    @Test("A sign-in has another session id than what comes after it")
    func sessions() async throws {
        let log = try await events()
        let begun = Set(
            log.timeOrder.map { log[$0] }.filter { $0.eventType == "user.session.start" }.compactMap(\.sessionID))
        let used = Set(
            log.timeOrder.map { log[$0] }.filter { $0.eventType == "user.authentication.sso" }.compactMap(
                \.sessionID))
        #expect(!begun.isEmpty && !used.isEmpty && begun.isDisjoint(with: used))
    }

    @Test("Those away are not there")
    func absence() async throws {
        for (person, event) in try await signIns(.backFromVacation) {
            guard let time = event.published, let first = person.days.firstIndex(where: { $0 != .away }) else {
                continue
            }
            let day = (Int(time.ticks / 10_000) - Clock.start) / Clock.day
            #expect(day < 0 || Int(time.ticks / 10_000) < Clock.start || day >= first - 1)
        }
    }

    @Test("Travellers cross the world no faster than a plane")
    func travel() async throws {
        var last: [String: OktaEvent] = [:], journeys = 0
        for (person, event) in try await signIns(.traveller) {
            defer { last[person.account.id] = event }
            guard let before = last[person.account.id], before.country != event.country, person.tunnel.isEmpty,
                !person.usesRelay,
                let start = before.published, let end = event.published
            else { continue }
            journeys += 1
            #expect(end.seconds(since: start) > 2 * 3600)
        }
        #expect(journeys > 0)
    }

    @Test("Nobody signs in from where only strangers are")
    func strangers() async throws {
        let log = try await events()
        let strange = Set(City.strange.map(\.country))
        for row in log.timeOrder where log[row].country.map(strange.contains) == true {
            #expect(log[row].outcome == "FAILURE")
        }
    }

    @Test("Okta's own back end works under the sessions of administrators")
    func backEnd() async throws {
        let log = try await events()
        let own = log.timeOrder.map { log[$0] }.filter { $0[.clientID] != nil }
        #expect(
            own.count > 20
                && own.allSatisfy { $0.ipAddress == Self.organisation.backEnd.address && $0.sessionID != nil })
    }
}
