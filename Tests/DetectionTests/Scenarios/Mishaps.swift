// Failures that are nobody's attack.

extension BenignWeeks {
    mutating func mishaps() {
        for person in organisation.people(.stalePassword) { stalePassword(person) }
        for person in organisation.people(.backFromVacation) { backFromVacation(person) }
        for person in organisation.people(.forgetful) { forgetful(person) }
        for person in organisation.people(.tabRestorer) { restoreTabs(person) }
        forgottenScanner()
        backgroundNoise()
    }

    private func firstDay(_ person: Person, from day: Int = 0) -> Int? {
        (day..<Clock.days).first { person.days[$0] != .away }
    }

    /// After a change of password the telephone's mail program goes on with the old one until somebody tells it.
    private mutating func stalePassword(_ person: Person) {
        guard let day = firstDay(person, from: 2) else { return }
        let start = Clock.time(day: day, minutes: 11 * 60, in: person.city)
        let place = person.place(on: day)
        let session = log.signIn(person, from: place, with: person.laptop, at: start, telephone: place)
        log.act(.passwordUpdate, in: session, on: [person.account.json], at: start + Clock.minute)
        let mail = person.telephone.agent(.mail)
        var time = start + 2 * Clock.minute
        for _ in 0..<chance.number(3...9) {
            log.failure(of: person.account, from: place, with: mail, at: time)
            time += chance.number(1...6) * Clock.minute
        }
        log.signIn(person, from: place, with: person.telephone, at: time + 5 * Clock.minute, telephone: place)
    }

    /// Two weeks of beach, and the password is gone: tries, sometimes a lock, then the help desk.
    private mutating func backFromVacation(_ person: Person) {
        guard let day = firstDay(person) else { return }
        let place = person.place(on: day)
        var time = Clock.time(day: day, minutes: person.startOfWork - 40, in: person.city)
        let attempts = chance.number(2...6)
        for _ in 0..<attempts {
            log.failure(of: person.account, from: place, with: person.laptop, at: time)
            time += chance.number(12...90) * Clock.second
        }
        if attempts >= 6, let desk = organisation.helpDesk.first {
            log.lock(person.account, from: place, with: person.laptop, at: time)
            time += 12 * Clock.minute
            help(person, from: desk, with: [.accountUnlock], at: time)
        }
        let session = log.signIn(
            person, from: place, with: person.laptop, at: time + 3 * Clock.minute, telephone: place)
        restore(10, in: session, at: session.start + Clock.minute)
    }

    /// Pushes that are not heard, or refused with the wrong thumb, before one is approved.
    private mutating func forgetful(_ person: Person) {
        for day in [1, 4, 9] where person.days[day] != .away {
            let place = person.place(on: day)
            let start = Clock.time(day: day, minutes: 14 * 60 + chance.number(0...90), in: person.city)
            let session = log.signIn(
                person.account, factor: .push, behaviours: person.behaviours(place, person.laptop), from: place,
                with: person.laptop, at: start, telephone: place)
            for attempt in 1...chance.number(1...3) {
                let time = start - attempt * chance.number(40...80) * Clock.second
                log.push(session, behaviours: person.behaviours(place, person.laptop), at: time)
                guard chance.happens(0.5) else { continue }
                log.refusePush(session, from: place, at: time + 20 * Clock.second)
            }
        }
    }

    /// On Mondays the browser opens all tabs of the week before at once.
    private mutating func restoreTabs(_ person: Person) {
        for day in [0, 7] where person.days[day] != .away {
            let start = Clock.time(day: day, minutes: person.startOfWork + 5, in: person.city)
            let place = person.place(on: day)
            let session = log.signIn(person, from: place, with: person.laptop, at: start, telephone: place)
            restore(chance.number(7...12), in: session, at: start + Clock.minute)
        }
    }

    private mutating func restore(_ count: Int, in session: Session, at time: Int) {
        let person = organisation.people.first { $0.account == session.account }
        for (index, application) in chance.sample(count, of: person?.applications ?? []).enumerated() {
            log.open(application, in: session, at: time + index * chance.number(300...5000))
        }
    }

    /// A scanner in the office, whose password has expired, goes on trying for two days.
    private mutating func forgottenScanner() {
        let account = Account(id: chance.identifier("00u"), login: "svc-scanner@example.com", name: "svc scanner")
        let office = organisation.offices[1], device = chance.device(.program("RADIUS"), keepsCookies: false)
        for attempt in 0..<96 {
            log.add(
                ScenarioEntry(
                    type: .viaRADIUS, time: Clock.time(day: 8, minutes: 600 + 30 * attempt, in: office.city),
                    actor: account,
                    source: office.egress[0], device: device, result: "FAILURE", reason: "INVALID_CREDENTIALS"))
        }
    }

    /// What knocks at every organisation's door: single tries of single accounts from anywhere.
    private mutating func backgroundNoise() {
        for _ in 0..<26 {
            let source = networks.hosting(in: chance.pick(City.strange))
            let time = Clock.start + chance.number(0...Clock.days * 24 * 60 - 30) * Clock.minute
            for _ in 0..<chance.number(1...2) {
                log.failure(
                    of: chance.pick(organisation.people).account, from: source,
                    with: chance.device(.python, keepsCookies: false), at: time + chance.number(0...20) * Clock.minute)
            }
        }
    }
}

extension Device {
    /// Another program on the same device, without the browser's cookies.
    func agent(_ agent: Agent) -> Device { Device(agent, deviceHash: nil, fingerprint: fingerprint, id: id) }
}

extension SystemLog {
    /// A push that its receiver refuses; Identity Engine writes it as a failure of the factor.
    mutating func refusePush(_ session: Session, from telephone: Source, at time: Int) {
        add(
            ScenarioEntry(
                type: .factorVerified, time: time, actor: session.account, source: telephone, device: session.device,
                result: "FAILURE", reason: "INVALID_CREDENTIALS", session: session.root, root: session.root,
                debug: [("factor", Factor.push.rawValue), ("pushOnlyResponseType", "OV_RESPONSE_DENY")],
                credential: "OTP"))
    }
}
