// Journeys and other reasons why a place changes without a thief.

extension BenignWeeks {
    /// The second week of those who fly: the last sign-in at home, then the hotel, at the speed of a plane.
    mutating func travel() {
        for (index, person) in organisation.people(.traveller).enumerated() {
            let destination = chance.pick(City.destinations.filter { $0.country != person.city.country })
            let hotel = networks.broadband(in: destination), street = networks.mobile(in: destination)
            let departure = Clock.time(day: 7, minutes: 6 * 60, in: person.city)
            let morning = log.signIn(
                person, from: person.home, with: person.laptop, at: departure, telephone: person.home)
            log.open(chance.pick(person.applications), in: morning, at: departure + 9 * Clock.minute)
            if index == 0 { inFlight(morning, at: departure + 4 * Clock.hour) }
            let hours = flightHours(person.city, destination)
            let arrival = departure + Int(hours * Double(Clock.hour)) + chance.number(150...260) * Clock.minute
            if chance.happens(0.6) {
                // The telephone is switched on while the luggage is waited for.
                log.signIn(
                    person, from: street, with: person.telephone, at: arrival - 40 * Clock.minute, telephone: street)
            }
            abroad(person, at: hotel, from: arrival)
        }
    }

    private func flightHours(_ from: City, _ to: City) -> Double {
        // Crow's flight in kilometres, near enough, at 850 km/h.
        let radians = Double.pi / 180
        let north = (to.latitude - from.latitude) * 111
        let middle = (to.latitude + from.latitude) / 2
        // Cosine by its series, so that the result is the same everywhere.
        let angle = middle * radians, cosine = 1 - angle * angle / 2 + angle * angle * angle * angle / 24
        let east = (to.longitude - from.longitude) * 111 * cosine
        return (north * north + east * east).squareRoot() / 850
    }

    private mutating func abroad(_ person: Person, at hotel: Source, from arrival: Int) {
        for day in 0..<3 {
            let time = arrival + day * Clock.day + chance.number(0...60) * Clock.minute
            let session = log.signIn(person, from: hotel, with: person.laptop, at: time, telephone: hotel)
            for _ in 0..<chance.number(1...4) {
                log.open(
                    chance.pick(person.applications), in: session, at: time + chance.number(1...400) * Clock.minute)
            }
        }
        let home = arrival + 4 * Clock.day
        guard home < Clock.range.upperBound else { return }
        log.signIn(person, from: person.home, with: person.laptop, at: home, telephone: person.home)
    }

    /// The aeroplane's own network comes out of a ground station on another continent.
    private mutating func inFlight(_ session: Session, at time: Int) {
        let network = networks.named("Skyway Inflight")
        let station = networks.source(
            in: session.source.city.country == "United States" ? .london : .newYork, of: network)
        for minute in [0, 25, 55] {
            log.open(organisation.applications[6], in: session, at: time + minute * Clock.minute, from: station)
        }
    }
}
