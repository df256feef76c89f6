/// What goes on in an organisation where nobody attacks: everything that looks odd in it is innocent.
///
/// The same for the same seed.
struct BenignWeeks {
    let organisation: Organisation
    var networks: Networks
    var log: SystemLog
    var chance: Chance

    /// All of it.
    static func lived(by organisation: Organisation) -> BenignWeeks {
        var weeks = BenignWeeks(organisation)
        weeks.past()
        for person in organisation.people { weeks.work(person) }
        weeks.travel()
        weeks.mishaps()
        weeks.newDevices()
        weeks.sharing()
        weeks.services()
        weeks.helpDesk()
        weeks.administration()
        return weeks
    }

    init(_ organisation: Organisation) {
        self.organisation = organisation
        networks = organisation.networks
        log = SystemLog(seed: organisation.seed, "benign log")
        chance = Chance(seed: organisation.seed, "benign weeks")
    }
}

// MARK: The thin past

extension BenignWeeks {
    private mutating func past() {
        for person in organisation.people
        where !organisation.people(.joiner).contains(where: { $0.account == person.account }) {
            var day = -chance.number(1...10)
            // The rarely seen, an auditor or a member of the board, come every month or so.
            let isRare = organisation.people(.rare).contains { $0.account == person.account }
            if isRare { day = chance.number(1...11) }
            while day >= -Clock.past {
                visit(person, on: day)
                day -= isRare ? chance.number(26...40) : chance.number(12...20)
            }
        }
        for (index, person) in organisation.dormant.enumerated() {
            // Half has been gone for two months, half for a little more than one.
            visit(person, on: index % 2 == 0 ? -chance.number(53...60) : -chance.number(33...38))
        }
    }

    /// A single sign-in from a habitual place.
    private mutating func visit(_ person: Person, on day: Int) {
        let office = person.office.flatMap { chance.happens(0.5) ? chance.pick($0.egress) : nil }
        let time = Clock.time(day: day, minutes: person.startOfWork + chance.number(0...90), in: person.city)
        let session = log.signIn(person, from: office ?? person.home, with: person.laptop, at: time)
        if chance.happens(0.4) { log.open(chance.pick(person.applications), in: session, at: time + Clock.minute) }
    }
}

// MARK: Working days

extension BenignWeeks {
    private mutating func work(_ person: Person) {
        let isDriven = organisation.people(.traveller).contains { $0.account == person.account }
        var open: Session?
        for day in 0..<Clock.days where person.days[day] != .away {
            // Travellers' second week is told elsewhere.
            if isDriven && day >= 7 { break }
            open = work(person, on: day, continuing: open)
        }
    }

    private mutating func work(_ person: Person, on day: Int, continuing old: Session?) -> Session? {
        let start = Clock.time(day: day, minutes: person.startOfWork + chance.number(-25...35), in: person.city)
        let source = daySource(person, on: day)
        let session: Session
        // A session outlives a day where the place has not changed and the browser was not closed.
        if let old, old.source.address == source.address, chance.happens(0.65) {
            session = old
        } else {
            stumble(person, from: source, before: start)
            let isOut = person.factor == .push && chance.happens(0.25)
            session = log.signIn(
                person, from: source, with: browser(of: person), at: start,
                telephone: isOut ? chance.pick(person.carrier) : person.place(on: day))
        }
        for _ in 0..<chance.number(1...3) {
            log.open(chance.pick(person.applications), in: session, at: start + chance.number(1...520) * Clock.minute)
        }
        if chance.happens(0.16) { telephone(person, on: day, after: start) }
        guard chance.happens(0.08) else { return session }
        log.act(.sessionEnd, in: session, on: [], at: start + chance.number(525...600) * Clock.minute)
        return nil
    }

    /// The laptop's, now and then in a private window, which has no cookies yet.
    private mutating func browser(of person: Person) -> Device {
        guard chance.happens(0.02) else { return person.laptop }
        return person.laptop.counterfeit(deviceHash: chance.hexadecimal(64), fingerprint: person.laptop.fingerprint)
    }

    /// Where a laptop's traffic appears to come from.
    private mutating func daySource(_ person: Person, on day: Int) -> Source {
        if person.days[day] == .home, !person.tunnel.isEmpty, chance.happens(0.85) {
            return chance.happens(0.85) ? person.tunnel[0] : chance.pick(person.tunnel)
        }
        if person.days[day] == .home, person.usesRelay { return relay(for: person) }
        return person.place(on: day)
    }

    /// A relay keeps the country, but not the town, and now and then it is mistaken about a border.
    private mutating func relay(for person: Person) -> Source {
        let pool = organisation.relays[person.city.country] ?? []
        return pool.isEmpty ? person.home : chance.happens(0.04) ? organisation.strayRelay : chance.pick(pool)
    }

    /// A mistyped password or two.
    private mutating func stumble(_ person: Person, from source: Source, before start: Int) {
        guard chance.happens(0.05) else { return }
        for attempt in 0..<chance.number(1...2) {
            log.failure(
                of: person.account, from: source, with: person.laptop, at: start - (45 - 20 * attempt) * Clock.second)
        }
    }

    /// A look at the telephone: over the same wireless network, or the carrier's.
    private mutating func telephone(_ person: Person, on day: Int, after start: Int) {
        let source = chance.happens(0.55) ? chance.pick(person.carrier) : person.place(on: day)
        let time = start + chance.number(-50...700) * Clock.minute
        let session = log.signIn(person, from: source, with: person.telephone, at: time, telephone: source)
        log.open(chance.pick(person.applications), in: session, at: time + chance.number(20...900) * Clock.second)
    }
}
