// Being somebody else.

extension AttackStage {
    /// The victim is at work; soon after, somebody is the victim far away.
    mutating func impossibleTravel() {
        victimSignsIn(at: time - 5 * Clock.minute)
        let far = isStealthy ? distantCompatriot() : lair()
        let wait = isStealthy ? chance.number(60...110) * Clock.minute : chance.number(15...35) * Clock.minute
        let session = intrude(from: far, with: machine(), at: time + wait)
        log.open(chance.pick(victim.applications), in: session, at: session.start + 2 * Clock.minute)
    }

    /// Far enough that no plane is fast enough, in the victim's country where that is large.
    private mutating func distantCompatriot() -> Source {
        switch victim.city.country {
        case "United States": networks.broadband(in: victim.city == .denver ? .newYork : .sanFrancisco)
        case "Canada": networks.broadband(in: .london)
        case "India": networks.broadband(in: .berlin)
        default: networks.broadband(in: .newYork)
        }
    }

    /// The cookie of the victim's session is used somewhere else while the victim goes on.
    mutating func sessionHijack() {
        let session = victimSignsIn(at: time - 40 * Clock.minute)
        for step in 0..<3 {
            innocent.open(chance.pick(victim.applications), in: session, at: time + (step * 20 - 35) * Clock.minute)
        }
        let source = lair(), device = machine()
        let count = isStealthy ? 2 : chance.number(4...7)
        for step in 0..<count {
            let pause = isStealthy ? 33 * Clock.minute : 50 * Clock.second
            log.open(chance.pick(victim.applications), in: session, at: time + step * pause, from: source, with: device)
        }
    }

    /// Everything that the account can open is opened.
    mutating func applicationBurst() {
        let session = intrude(from: lair(), with: machine(), at: time)
        let count = isStealthy ? chance.number(9...11) : chance.number(20...28)
        let pause = isStealthy ? 2 * Clock.minute : chance.number(4...10) * Clock.second
        for (step, application) in chance.sample(count, of: organisation.applications).enumerated() {
            log.open(application, in: session, at: session.start + Clock.minute + step * pause)
        }
    }

    /// One browser, with its cookie, tries the accounts of many, some with success.
    mutating func deviceTokenShared() {
        let device = machine()
        let count = isStealthy ? 5 : chance.number(8...12)
        let pause = isStealthy ? chance.number(5...9) * Clock.hour : chance.number(2...5) * Clock.minute
        let begin = isStealthy ? Clock.time(day: 3 + index, minutes: 600, in: victim.city) : time
        for (step, person) in others(count).enumerated() {
            let source = lair()
            if step % 4 == 1 {
                log.signIn(
                    person.account, factor: .message, behaviours: person.behaviours(source, device), from: source,
                    with: device,
                    at: begin + step * pause)
            } else {
                log.failure(of: person.account, from: source, with: device, at: begin + step * pause)
            }
        }
    }

    /// An account that nobody has used for long comes to life.
    mutating func dormantAccount() {
        // Half of them, those with even numbers, have been gone for two months.
        let place = Variant.allCases.firstIndex(of: variant).map { $0 * Self.count + index } ?? 0
        let person = organisation.dormant[place * 2 % 24 + (isStealthy ? 1 : 0)]
        let source = isStealthy ? networks.broadband(in: person.city.elsewhere) : lair()
        let device =
            isStealthy
            ? person.laptop.counterfeit(deviceHash: chance.hexadecimal(64), fingerprint: chance.hexadecimal(32))
            : machine()
        let begin = Clock.time(day: chance.number(8...12), minutes: 11 * 60, in: person.city)
        let session = log.signIn(
            person.account, factor: .code, behaviours: person.behaviours(source, device), from: source, with: device,
            at: begin)
        for step in 1...(isStealthy ? 1 : 4) {
            log.open(chance.pick(person.applications), in: session, at: begin + step * 3 * Clock.minute)
        }
    }

    /// Nothing but a sign-in from a country that the victim has never been to, when nobody looks.
    mutating func newCountry() {
        let night = Clock.time(day: day, minutes: 180, in: victim.city)
        let city =
            isStealthy ? (victim.city.country == "Ireland" ? City.amsterdam : .dublin) : chance.pick(City.strange)
        intrude(from: networks.broadband(in: city), with: machine(), at: night)
    }

    /// Nothing but a sign-in with a browser that is not the victim's, in the victim's town.
    ///
    /// A stealthy one comes from a line of its own there, as exits of residential proxies are sold, with what looks
    /// like the victim's browser. From the victim's own address it would look like the victim's private window, and
    /// nobody could tell.
    mutating func newDevice() {
        intrude(
            from: networks.broadband(in: victim.city), with: isStealthy ? machine() : chance.device(.linux), at: time)
    }
}
