// What administrators and the help desk do all day.

extension BenignWeeks {
    /// A session of an administrator's second account in the console, with what Okta's own back end does on its behalf.
    ///
    /// The back end writes under the administrator's session with its own address and program, and is known by
    /// `client.id` (panther-labs/panther-analysis, pull request 1086).
    mutating func console(_ administrator: Administrator, at time: Int) -> Session {
        let person = administrator.person
        let day = max(0, min(Clock.days - 1, (time - Clock.start) / Clock.day))
        let place = person.days[day] == .office ? person.place(on: day) : person.home(on: day)
        let session = log.signIn(
            administrator.account, factor: .fastPass, behaviours: person.behaviours(place, person.laptop), from: place,
            with: person.laptop, at: time)
        log.act(.consoleAccess, in: session, on: [organisation.console.json], at: time + 8 * Clock.second)
        for step in 0..<chance.number(1...2) {
            log.add(
                ScenarioEntry(
                    type: .accessToken, time: time + (10 + 40 * step) * Clock.second, actor: administrator.account,
                    source: organisation.backEnd,
                    device: Device(.backEnd, deviceHash: nil, fingerprint: "none", id: nil),
                    session: session.id, root: session.root, targets: [organisation.console.json],
                    clientID: "okta.b58d5b75-07d4-5f25-bf59-368a1261a405"))
        }
        return session
    }

    /// What the help desk does for somebody.
    mutating func help(_ person: Person, from desk: Administrator, with types: [EventType], at time: Int) {
        let session = console(desk, at: time - 2 * Clock.minute)
        for (index, type) in types.enumerated() {
            log.act(type, in: session, on: [person.account.json], at: time + index * 40 * Clock.second)
        }
    }

    /// Lost telephones and forgotten passwords, of people who then sign in where they always do.
    mutating func helpDesk() {
        for (index, person) in chance.sample(16, of: organisation.people(.ordinary)).enumerated() {
            let days = (1..<Clock.days).filter { person.days[$0] != .away && !Clock.isWeekend($0) }
            guard !days.isEmpty else { continue }
            let day = chance.pick(days), place = person.place(on: day)
            let time = Clock.time(day: day, minutes: chance.number(9 * 60...16 * 60), in: person.city)
            let isLost = index % 3 == 0
            help(
                person, from: chance.pick(organisation.helpDesk),
                with: isLost
                    ? [.factorResetAll] : index % 3 == 1 ? [.passwordReset] : [.passwordReset, .factorResetAll],
                at: time)
            let telephone = isLost ? chance.telephone() : person.telephone
            let session = log.signIn(
                person.account, factor: .message, behaviours: person.behaviours(place, person.laptop), from: place,
                with: person.laptop, at: time + chance.number(6...45) * Clock.minute)
            if index % 3 != 1 { log.addDevice(telephone, in: session, at: session.start + 2 * Clock.minute) }
            if index % 3 != 1 {
                log.activateFactor(.push, in: session, number: person.number, at: session.start + 3 * Clock.minute)
            }
        }
    }

    mutating func administration() {
        for administrator in organisation.administrators {
            for day in 0..<Clock.days where administrator.person.days[day] != .away && chance.happens(0.7) {
                let time = Clock.time(day: day, minutes: chance.number(9 * 60...16 * 60), in: administrator.person.city)
                routine(console(administrator, at: time))
            }
        }
        changes()
        for person in organisation.people(.leaver) {
            let session = console(organisation.administrators[1], at: Clock.start + 9 * Clock.day + 16 * Clock.hour)
            log.act(.userDeactivate, in: session, on: [person.account.json], at: session.start + 5 * Clock.minute)
        }
    }

    private mutating func routine(_ session: Session) {
        for step in 0..<chance.number(1...4) {
            let person = chance.pick(organisation.people)
            log.act(
                chance.pick([
                    .groupMemberAdd, .groupMemberAdd, .applicationMemberAdd, .profileUpdate, .groupMemberRemove,
                ]),
                in: session, on: [person.account.json], at: session.start + (2 + 3 * step) * Clock.minute)
        }
    }

    /// The changes to the organisation itself that two quiet weeks see.
    private mutating func changes() {
        let plan: [(day: Int, change: OrganisationChange)] = [
            (1, .policyRule(from: "Office networks", to: "Office networks")), (2, .zone("Bengaluru office")),
            (3, .application("Wiki")), (4, .policyRule(from: "Contractors", to: "Contractors and suppliers")),
            (7, .certificate("Subsidiary")), (8, .tidiedRule("Pilot 2024")), (9, .role("Help Desk administrator")),
            (10, .application("Metrics")), (11, .token("build-cache")),
            (11, .policyRule(from: "Sales", to: "Sales EMEA")),
        ]
        for (index, step) in plan.enumerated() {
            let administrator = organisation.administrators[index % organisation.administrators.count]
            let time = Clock.time(day: step.day, minutes: 10 * 60 + 7 * index, in: administrator.person.city)
            let session = console(administrator, at: time)
            let helped = organisation.helpDesk[index % organisation.helpDesk.count].account
            log.change(step.change, in: session, for: helped, at: time + 6 * Clock.minute)
        }
    }
}
