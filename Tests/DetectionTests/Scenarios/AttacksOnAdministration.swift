// The organisation's own settings, its administrators, its programs.

extension AttackStage {
    /// The administrator whose account the attacker has, for attacks that need one.
    private var administrator: Administrator { organisation.administrators[index % organisation.administrators.count] }

    /// The attacker as administrator: from a lair, or, when stealthy, from the administrator's own machine and place.
    private mutating func seize(at time: Int) -> Session {
        let person = administrator.person
        let home = person.place(on: min(day, Clock.days - 1))
        let source = isStealthy ? home : lair()
        let device = isStealthy ? person.laptop : machine()
        let behaviours = person.behaviours(source, device)
        let session = log.signIn(
            administrator.account, factor: .code, behaviours: behaviours, from: source, with: device, at: time)
        log.act(.consoleAccess, in: session, on: [organisation.console.json], at: time + 9 * Clock.second)
        return session
    }

    /// The victim is made an administrator, and is then somewhere else.
    mutating func adminRole() {
        let appointer = administrator, place = appointer.person.place(on: day)
        let session = innocent.signIn(
            appointer.account, factor: .fastPass,
            behaviours: appointer.person.behaviours(place, appointer.person.laptop),
            from: place, with: appointer.person.laptop, at: time - 4 * Clock.minute)
        let role = isStealthy ? "Group administrator" : "Super administrator"
        log.change(.role(role), in: session, for: victim.account, at: time)
        let wait = isStealthy ? chance.number(10...20) * Clock.hour : chance.number(5...30) * Clock.minute
        let taken = intrude(from: lair(), with: machine(), at: time + wait)
        log.act(.consoleAccess, in: taken, on: [organisation.console.json], at: taken.start + Clock.minute)
        log.act(.groupMemberAdd, in: taken, on: [victim.account.json], at: taken.start + 4 * Clock.minute)
    }

    /// A program's token, used by somebody else.
    mutating func tokenElsewhere() {
        let service = organisation.services[(index + (isStealthy ? 1 : 0)) % 4]
        let home = service.sources[0].city
        let source = isStealthy ? networks.hosting(in: home) : networks.hosting(in: chance.pick(City.strange))
        let device = isStealthy ? service.device : chance.device(.curl, keepsCookies: false)
        for step in 0..<(isStealthy ? 2 : chance.number(4...9)) {
            log.add(
                ScenarioEntry(
                    type: chance.pick([.groupMemberAdd, .profileUpdate]),
                    time: time + step * (isStealthy ? 40 * Clock.minute : 20 * Clock.second), actor: service.account,
                    source: source, device: device, targets: [victim.account.json], tokenID: service.tokenID))
        }
    }

    /// A second identity provider that vouches for whomever the attacker wants to be.
    mutating func identityProviderBackdoor() {
        let session = seize(at: time)
        let isUpdate = isStealthy && index % 2 == 0
        let name =
            isUpdate
            ? "Subsidiary"
            : chance.pick(["Backup SSO", "SSO 2", "Partner login", "Okta"]) + " \(chance.number(2...99))"
        let target = log.target("IdentityProvider", name)
        let begin = session.start + 4 * Clock.minute
        if isUpdate {
            log.act(.identityProviderUpdate, in: session, on: [target], at: begin)
        } else {
            log.act(.identityProviderCreate, in: session, on: [target], at: begin)
            log.act(.identityProviderActivate, in: session, on: [target], at: begin + 30 * Clock.second)
        }
        let use = begin + (isStealthy ? chance.number(20...30) * Clock.hour : 11 * Clock.minute)
        let source = lair(), device = machine()
        log.add(
            ScenarioEntry(
                type: .viaIdentityProvider, time: use, actor: victim.account, source: source, device: device,
                session: chance.identifier("idx", count: 25), targets: [target],
                debug: [("behaviors", victim.behaviours(source, device))], credential: "ASSERTION"))
    }

    /// What would hinder or record the attacker is switched off.
    mutating func defenceWeakening() {
        let session = seize(at: time)
        let begin = session.start + 3 * Clock.minute
        let all: [OrganisationChange] = [
            .weakenedRule("Catch-all rule"), .zoneOff("Blocked countries"), .logStreamOff("SIEM"),
            .zoneGone("Anonymisers"),
        ]
        let chosen = isStealthy ? [all[index % 3]] : [all[0], all[1 + index % 3], all[1 + (index + 1) % 3]]
        for (step, change) in chosen.enumerated() {
            log.change(change, in: session, for: victim.account, at: begin + step * 2 * Clock.minute)
        }
        if !isStealthy { log.act(.threatSettings, in: session, on: [], at: begin + 8 * Clock.minute) }
    }
}
