// New devices, shared devices, programs and the help desk.

extension BenignWeeks {
    mutating func newDevices() {
        for person in organisation.people(.newLaptop) { newLaptop(person) }
        for person in organisation.people(.newTelephone) { newTelephone(person) }
        for person in organisation.people(.joiner) { join(person) }
    }

    private func day(of person: Person, from day: Int) -> Int {
        (day..<Clock.days).first { person.days[$0] != .away } ?? day
    }

    /// A laptop from the stock room, set up at the desk.
    private mutating func newLaptop(_ person: Person) {
        let day = day(of: person, from: chance.number(2...9))
        let laptop = chance.laptop()
        for later in day..<min(day + 4, Clock.days) where person.days[later] != .away {
            let time = Clock.time(day: later, minutes: 13 * 60 + chance.number(0...60), in: person.city)
            let place = person.place(on: later)
            let session = log.signIn(person, from: place, with: laptop, at: time, telephone: place)
            if later == day { log.addDevice(laptop, in: session, at: time + 4 * Clock.minute) }
            log.open(chance.pick(person.applications), in: session, at: time + 20 * Clock.minute)
        }
    }

    /// A new telephone: the old one's factor goes, the new one's comes, from home.
    private mutating func newTelephone(_ person: Person) {
        let day = day(of: person, from: chance.number(2...10))
        let time = Clock.time(day: day, minutes: 19 * 60 + chance.number(0...60), in: person.city)
        let home = person.home(on: day)
        let session = log.signIn(person, from: home, with: person.laptop, at: time, telephone: home)
        log.act(
            .factorDeactivate, in: session, on: [person.account.json], at: time + 2 * Clock.minute,
            reason: "User reset OKTA_VERIFY_PUSH factor")
        let telephone = chance.telephone()
        log.addDevice(telephone, in: session, at: time + 3 * Clock.minute)
        log.activateFactor(.push, in: session, number: person.number, at: time + 4 * Clock.minute)
        log.signIn(person, from: home, with: telephone, at: time + 9 * Clock.minute, telephone: home)
    }

    /// A new colleague is created and activated by an administrator, and enrols on the first day.
    private mutating func join(_ person: Person) {
        guard let day = (0..<Clock.days).first(where: { person.days[$0] != .away }) else { return }
        let time = Clock.time(day: day, minutes: person.startOfWork - 30, in: person.city)
        if let administrator = organisation.administrators.first {
            let session = console(administrator, at: time - 20 * Clock.hour)
            log.act(.userCreate, in: session, on: [person.account.json], at: session.start + 3 * Clock.minute)
            log.act(.userActivate, in: session, on: [person.account.json], at: session.start + 4 * Clock.minute)
        }
        let place = person.place(on: day)
        let session = log.signIn(person, from: place, with: person.laptop, at: time, telephone: place)
        log.addDevice(person.telephone, in: session, at: time + 2 * Clock.minute)
        log.activateFactor(.push, in: session, number: person.number, at: time + 3 * Clock.minute)
    }

    /// A front desk's computer that several people of its office sign in on, and a number that two accounts of one person
    /// share.
    mutating func sharing() {
        let office = organisation.offices[0], kiosk = chance.device(Agent.windows[0], isRegistered: true)
        let people = organisation.people(.kiosk)
        for day in 0..<Clock.days where !Clock.isWeekend(day) {
            let time = Clock.time(day: day, minutes: 8 * 60, in: office.city)
            for (index, person) in chance.sample(2, of: people).enumerated() {
                let session = log.signIn(
                    person, from: office.egress[0], with: kiosk, at: time + index * 4 * Clock.hour,
                    telephone: office.egress[0])
                log.open(organisation.applications[31], in: session, at: session.start + 5 * Clock.minute)
            }
        }
        for person in organisation.people(.tabRestorer).prefix(4) { federate(person) }
        for administrator in organisation.administrators + organisation.helpDesk {
            let session = console(
                administrator, at: Clock.time(day: 0, minutes: 10 * 60, in: administrator.person.city))
            log.activateFactor(
                .message, in: session, number: administrator.person.number, at: session.start + Clock.minute)
        }
    }

    /// The subsidiary's people come through its own identity provider.
    private mutating func federate(_ person: Person) {
        let provider = log.target("IdentityProvider", "Subsidiary")
        for day in 0..<Clock.days where person.days[day] != .away && chance.happens(0.6) {
            let place = person.place(on: day)
            log.add(
                ScenarioEntry(
                    type: .viaIdentityProvider,
                    time: Clock.time(day: day, minutes: 15 * 60 + chance.number(0...90), in: person.city),
                    actor: person.account, source: place, device: person.laptop,
                    session: chance.identifier("idx", count: 25),
                    targets: [provider], debug: [("behaviors", person.behaviours(place, person.laptop))],
                    credential: "ASSERTION"))
        }
    }

    mutating func services() {
        for service in organisation.services {
            var time = Clock.start + chance.number(0...200) * Clock.minute
            while time < Clock.start + Clock.days * Clock.day {
                run(service, at: time)
                time += chance.number(service.isFleeting ? 200...600 : 240...360) * Clock.minute
            }
        }
    }

    /// A run of a program: some changes in a minute, all from one address.
    private mutating func run(_ service: Service, at time: Int) {
        // Half way a machine is replaced, and with it the address.
        let isLate = time > Clock.start + 8 * Clock.day
        let source = service.isFleeting ? chance.pick(service.sources) : service.sources[isLate ? 1 : 0]
        for step in 0..<chance.number(1...3) {
            let person = chance.pick(organisation.people)
            log.add(
                ScenarioEntry(
                    type: chance.pick(service.types), time: time + step * chance.number(300...9000),
                    actor: service.account,
                    source: source, device: service.device, targets: [person.account.json], tokenID: service.tokenID))
        }
    }
}

extension SystemLog {
    /// The user's device becomes known to Okta Verify.
    mutating func addDevice(_ device: Device, in session: Session, at time: Int) {
        let id = device.id ?? "unknown"
        let target = """
            {"id":"\(id)","type":"Device","alternateId":"unknown","displayName":"\(device.system)",\
            "detailEntry":{"oktaDeviceId":"\(id)"}}
            """
        act(.deviceEnrolment, in: session, on: [target, session.account.json], at: time)
        act(.deviceAdd, in: session, on: [target, session.account.json], at: time + 800)
    }

    /// A factor is set up; those by text message name the telephone's number.
    mutating func activateFactor(_ factor: Factor, in session: Session, number: String, at time: Int) {
        let telephone = """
            {"id":"mbl\(number.filter(\.isNumber))","type":"MobilePhone","alternateId":"unknown","displayName":"\(number)",\
            "detailEntry":null}
            """
        act(
            .factorActivate, in: session, on: [session.account.json] + (factor == .message ? [telephone] : []),
            at: time,
            reason: "User set up \(factor.rawValue) factor", debug: [("factor", factor.rawValue)])
    }
}
