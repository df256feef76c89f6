// Second factors: worn down, misdirected, replaced, shared.

extension AttackStage {
    /// Push after push until the victim gives in, or does not.
    mutating func fatigue(isApproved: Bool) {
        let source = lair(), device = machine()
        let count = isStealthy ? chance.number(4...5) : chance.number(8...14)
        let pause = isStealthy ? chance.number(4...7) * Clock.minute : chance.number(25...50) * Clock.second
        // At night, at home.
        let night = Clock.time(day: day, minutes: 60, in: victim.city)
        let behaviours = victim.behaviours(source, device)
        for step in 0..<count {
            let session = attempt(from: source, with: device, at: night + step * pause)
            log.push(session, behaviours: behaviours, at: session.start + Clock.second)
            refuse(session, at: session.start + 12 * Clock.second)
        }
        guard isApproved else { return }
        let session = log.signIn(
            victim.account, factor: .push, behaviours: behaviours, from: source, with: device,
            at: night + count * pause,
            telephone: victim.home)
        log.open(chance.pick(victim.applications), in: session, at: session.start + 2 * Clock.minute)
    }

    private mutating func attempt(from source: Source, with device: Device, at time: Int) -> Session {
        Session(
            account: victim.account, source: source, device: device, root: chance.identifier("idx", count: 25),
            id: "unknown",
            start: time)
    }

    /// Identity Engine writes a failed factor, the older engine an event of its own; some pushes stay unanswered.
    private mutating func refuse(_ session: Session, at time: Int) {
        if index % 2 == 0 { return log.refusePush(session, from: victim.home, at: time) }
        log.add(
            ScenarioEntry(
                type: .pushDenied, time: time, actor: victim.account, source: victim.home, device: victim.telephone,
                result: "FAILURE", reason: "User rejected Okta push verify", session: session.root, root: session.root,
                targets: [victim.account.json]))
    }

    /// One push, asked for by a stranger, and approved by a victim who thinks of something else.
    mutating func pushSourceMismatch() {
        let source = lair(), device = machine()
        victimSignsIn(at: time - 3 * Clock.hour)
        let session = log.signIn(
            victim.account, factor: .push, behaviours: victim.behaviours(source, device), from: source, with: device,
            at: time,
            telephone: place)
        log.open(chance.pick(victim.applications), in: session, at: session.start + 3 * Clock.minute)
    }

    /// A stolen session sets up a factor of its own, which then signs in from a place that is new.
    mutating func factorChange() {
        let source = lair(), device = machine(), telephone = chance.telephone()
        let stolen = intrude(
            from: isStealthy ? place : source, with: isStealthy ? victim.laptop : device, at: time,
            factor: victim.factor)
        log.activateFactor(
            index % 2 == 0 ? .push : .code, in: stolen, number: victim.number, at: time + 2 * Clock.minute)
        if index % 2 == 0 { log.addDevice(telephone, in: stolen, at: time + 2 * Clock.minute) }
        let wait = isStealthy ? chance.number(14...20) * Clock.hour : chance.number(10...40) * Clock.minute
        let session = intrude(from: lair(), with: device, at: time + wait, factor: index % 2 == 0 ? .push : .code)
        log.open(chance.pick(victim.applications), in: session, at: session.start + Clock.minute)
    }

    /// A caller persuades the help desk, and becomes the victim.
    mutating func helpDeskTakeover() {
        let desk = chance.pick(organisation.helpDesk)
        let session = innocent.signIn(
            desk.account, factor: .fastPass, behaviours: "{}", from: desk.person.place(on: day),
            with: desk.person.laptop,
            at: time - 3 * Clock.minute)
        log.act(.factorResetAll, in: session, on: [victim.account.json], at: time)
        if !isStealthy || index % 2 == 0 {
            log.act(.passwordReset, in: session, on: [victim.account.json], at: time + Clock.minute)
        }
        let wait = isStealthy ? chance.number(3...9) * Clock.hour : chance.number(4...20) * Clock.minute
        let taken = intrude(from: lair(), with: machine(), at: time + wait, factor: .message)
        log.addDevice(chance.telephone(), in: taken, at: taken.start + 2 * Clock.minute)
        log.activateFactor(.push, in: taken, number: victim.number, at: taken.start + 3 * Clock.minute)
        log.open(chance.pick(victim.applications), in: taken, at: taken.start + 6 * Clock.minute)
    }

    /// One telephone becomes the second factor of several people.
    mutating func sharedFactorDevice() {
        let device = chance.telephone(),
            number = "+1 XXX-XXX-\(chance.number(1000...9999)) (\(chance.number(1000...9999)))"
        let count = isStealthy ? 3 : chance.number(4...6)
        let pause = isStealthy ? 26 * Clock.hour : 25 * Clock.minute
        let begin = isStealthy ? Clock.time(day: 3 + index, minutes: 14 * 60, in: victim.city) : time
        for (step, person) in others(count).enumerated() {
            let source = isStealthy ? networks.broadband(in: person.city) : lair()
            let session = log.signIn(
                person.account, factor: .message, behaviours: person.behaviours(source, person.laptop), from: source,
                with: isStealthy
                    ? person.laptop.counterfeit(deviceHash: chance.hexadecimal(64), fingerprint: chance.hexadecimal(32))
                    : machine(),
                at: begin + step * pause)
            if index % 2 == 0 {
                log.activateFactor(.message, in: session, number: number, at: session.start + 2 * Clock.minute)
            } else {
                log.addDevice(device, in: session, at: session.start + 2 * Clock.minute)
            }
        }
    }
}
