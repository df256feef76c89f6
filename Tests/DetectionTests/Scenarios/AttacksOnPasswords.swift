// Guessing.

extension AttackStage {
    /// One password for many: from one address.
    mutating func passwordSpray() {
        let source: Source
        if variant == .noisy {
            // A carrier's gateway, behind which some of the staff are as well.
            source = victim.carrier[0]
            for person in others(8) where person.city.country == victim.city.country {
                innocent.signIn(
                    person, from: source, with: person.telephone, at: time + chance.number(-60...60) * Clock.minute,
                    telephone: source)
            }
        } else {
            source = lair()
        }
        let count = isStealthy ? chance.number(14...18) : chance.number(35...50)
        let pause = isStealthy ? chance.number(8...14) * Clock.minute : chance.number(8...25) * Clock.second
        for (step, person) in others(count).enumerated() {
            let device =
                isStealthy
                ? chance.device(Agent.windows[1], keepsCookies: false) : chance.device(.python, keepsCookies: false)
            log.failure(of: person.account, from: source, with: device, at: time + step * pause)
            guard !isStealthy, chance.happens(0.4) else { continue }
            log.failure(of: person.account, from: source, with: device, at: time + (step + count) * pause)
        }
    }

    /// One password for many: from many addresses, none of which is used often.
    mutating func distributedSpray() {
        let count = isStealthy ? chance.number(28...34) : chance.number(55...70)
        let span = (isStealthy ? 6 * 60 : 50) * Clock.minute
        let sources = (0..<(isStealthy ? count : 30)).map { _ in
            isStealthy
                ? networks.broadband(in: chance.pick([.manchester, .munich, .denver, .philadelphia]))
                : networks.hosting(in: chance.pick(City.strange))
        }
        for person in others(count) {
            for _ in 0..<(isStealthy ? 1 : chance.number(1...2)) {
                log.failure(
                    of: person.account, from: chance.pick(sources),
                    with: chance.device(Agent.windows[0], keepsCookies: false),
                    at: time + chance.below(span))
            }
        }
    }

    /// Leaked pairs of names and passwords, each tried once; some fit, and end at the second factor.
    mutating func credentialStuffing() {
        let count = isStealthy ? chance.number(18...22) : chance.number(45...60)
        let pause = isStealthy ? 11 * Clock.minute : chance.number(2...6) * Clock.second
        let sources = (0..<(isStealthy ? 2 : 1)).map { _ in lair() }
        for (step, person) in others(count).enumerated() {
            let device = chance.device(chance.pick(Agent.windows + Agent.mac), keepsCookies: false)
            let source = sources[step % sources.count]
            if step % 20 == 9 {
                challenge(person.account, from: source, with: device, at: time + step * pause)
            } else {
                log.failure(of: person.account, from: source, with: device, at: time + step * pause)
            }
        }
    }

    /// The password was right, and the second factor is asked for in vain.
    private mutating func challenge(_ account: Account, from source: Source, with device: Device, at time: Int) {
        log.add(
            ScenarioEntry(
                type: .policyEvaluation, time: time, actor: account, source: source, device: device,
                result: "CHALLENGE",
                reason: "Sign-on policy evaluation resulted in CHALLENGE", session: chance.identifier("idx", count: 25))
        )
    }

    /// Many passwords for one, from one address.
    mutating func failedLoginBurst() {
        let source = lair(), device = isStealthy ? machine() : chance.device(.python, keepsCookies: false)
        let count = isStealthy ? chance.number(6...8) : chance.number(12...25)
        for step in 0..<count {
            let pause = isStealthy ? 75 * Clock.second : chance.number(3...15) * Clock.second
            log.failure(of: victim.account, from: source, with: device, at: time + step * pause)
        }
        if !isStealthy { log.lock(victim.account, from: source, with: device, at: time + count * 15 * Clock.second) }
    }

    /// Many passwords for one, from many addresses.
    mutating func bruteForceManySources() {
        let count = isStealthy ? chance.number(12...15) : chance.number(28...40)
        let span = (isStealthy ? 8 * 60 : 45) * Clock.minute
        let sources = (0..<(isStealthy ? 8 : 14)).map { _ in lair() }
        for step in 0..<count {
            log.failure(
                of: victim.account, from: sources[step % sources.count],
                with: chance.device(Agent.windows[2], keepsCookies: false),
                at: time + step * span / count + chance.number(0...50) * Clock.second)
        }
    }

    /// Guessing that ends with the right password.
    mutating func successAfterAttack() {
        let source = lair(), device = machine()
        let count = isStealthy ? chance.number(6...9) : chance.number(14...20)
        let pause = isStealthy ? 9 * Clock.minute : 8 * Clock.second
        for step in 0..<count { log.failure(of: victim.account, from: source, with: device, at: time + step * pause) }
        let wait = isStealthy ? chance.number(70...150) * Clock.minute : 40 * Clock.second
        let session = intrude(from: source, with: device, at: time + count * pause + wait)
        for step in 1...2 {
            log.open(chance.pick(victim.applications), in: session, at: session.start + step * Clock.minute)
        }
    }

    /// Accounts are locked one after the other.
    mutating func massLockout() {
        let count = isStealthy ? 6 : chance.number(12...16)
        let source = lair()
        for (step, person) in others(count).enumerated() {
            let device = chance.device(.python, keepsCookies: false)
            let begin = time + step * (isStealthy ? 9 * Clock.minute : Clock.minute)
            // The failures that lead to it; Okta locks after ten by default.
            for attempt in 0..<10 {
                log.failure(of: person.account, from: source, with: device, at: begin + attempt * 4 * Clock.second)
            }
            log.lock(person.account, from: source, with: device, at: begin + 41 * Clock.second)
        }
    }
}
