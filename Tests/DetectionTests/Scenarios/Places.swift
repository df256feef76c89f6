/// A city as a location service tells of it. Coordinates are those of its centre, rounded.
struct City: Hashable {
    let name: String
    let state: String
    let country: String
    let latitude: Double
    let longitude: Double
    /// Hours east of UTC in the scenario's weeks, half hours cut.
    let hoursEast: Int

    private init(
        _ name: String, _ state: String, _ country: String, _ latitude: Double, _ longitude: Double, _ hours: Int
    ) {
        (self.name, self.state, self.country) = (name, state, country)
        (self.latitude, self.longitude, hoursEast) = (latitude, longitude, hours)
    }
}

extension City {
    static let london = City("London", "England", "United Kingdom", 51.5074, -0.1278, 0)
    static let berlin = City("Berlin", "Berlin", "Germany", 52.52, 13.405, 1)
    static let newYork = City("New York", "New York", "United States", 40.7128, -74.006, -5)
    static let bengaluru = City("Bengaluru", "Karnataka", "India", 12.9716, 77.5946, 5)

    /// Where those live who go to an office, the office's city first.
    static let around: [City: [City]] = [
        london: [
            london, City("Croydon", "England", "United Kingdom", 51.3762, -0.0982, 0),
            City("Reading", "England", "United Kingdom", 51.4543, -0.9781, 0),
            City("Cambridge", "England", "United Kingdom", 52.2053, 0.1218, 0),
        ],
        berlin: [
            berlin, City("Potsdam", "Brandenburg", "Germany", 52.3906, 13.0645, 1),
            City("Leipzig", "Saxony", "Germany", 51.3397, 12.3731, 1),
        ],
        newYork: [
            newYork, City("Jersey City", "New Jersey", "United States", 40.7178, -74.0431, -5),
            City("Stamford", "Connecticut", "United States", 41.0534, -73.5387, -5), philadelphia,
        ],
        bengaluru: [bengaluru, City("Mysuru", "Karnataka", "India", 12.2958, 76.6394, 5)],
    ]

    static let philadelphia = City("Philadelphia", "Pennsylvania", "United States", 39.9526, -75.1652, -5)
    static let manchester = City("Manchester", "England", "United Kingdom", 53.4808, -2.2426, 0)
    static let frankfurt = City("Frankfurt am Main", "Hesse", "Germany", 50.1109, 8.6821, 1)
    static let ashburn = City("Ashburn", "Virginia", "United States", 39.0438, -77.4874, -5)
    static let sanFrancisco = City("San Francisco", "California", "United States", 37.7749, -122.4194, -8)
    static let denver = City("Denver", "Colorado", "United States", 39.7392, -104.9903, -7)
    static let munich = City("Munich", "Bavaria", "Germany", 48.1351, 11.582, 1)
    static let mumbai = City("Mumbai", "Maharashtra", "India", 19.076, 72.8777, 5)
    static let dublin = City("Dublin", "Leinster", "Ireland", 53.3498, -6.2603, 0)
    static let amsterdam = City("Amsterdam", "North Holland", "Netherlands", 52.3676, 4.9041, 1)

    /// Homes of those who never go to an office.
    static let remote = [
        City("Madrid", "Madrid", "Spain", 40.4168, -3.7038, 1),
        City("Warsaw", "Mazovia", "Poland", 52.2297, 21.0122, 1),
        City("Toronto", "Ontario", "Canada", 43.6532, -79.3832, -5), denver, dublin,
    ]
    /// Where people fly to, none of it in the country of an office.
    static let destinations = [
        City("Paris", "Ile-de-France", "France", 48.8566, 2.3522, 1), amsterdam,
        City("Singapore", "Singapore", "Singapore", 1.3521, 103.8198, 8),
        City("Tokyo", "Tokyo", "Japan", 35.6762, 139.6503, 9),
        City("Dubai", "Dubai", "United Arab Emirates", 25.2048, 55.2708, 4),
    ]
    /// Where strangers' machines stand; nobody of the organisation lives or travels there.
    static let strange = [
        City("Bucharest", "Bucharest", "Romania", 44.4268, 26.1025, 2),
        City("Sao Paulo", "Sao Paulo", "Brazil", -23.5505, -46.6333, -3),
        City("Hanoi", "Hanoi", "Vietnam", 21.0278, 105.8342, 7),
        City("Jakarta", "Jakarta", "Indonesia", -6.2088, 106.8456, 7),
        City("Lagos", "Lagos", "Nigeria", 6.5244, 3.3792, 1),
        City("Santiago", "Santiago", "Chile", -33.4489, -70.6693, -4),
        City("Vilnius", "Vilnius", "Lithuania", 54.6872, 25.2797, 2),
        City("Sofia", "Sofia", "Bulgaria", 42.6977, 23.3219, 2),
    ]

    /// A big city of the same country, hundreds of kilometres off where there is one: the gateways of mobile carriers,
    /// the exits of relays, the neighbours' machines that strangers rent.
    var elsewhere: City {
        switch country {
        case "United Kingdom": .manchester
        case "Germany": name == "Munich" ? .berlin : .munich
        case "United States": name == "San Francisco" ? .newYork : .sanFrancisco
        case "India": .mumbai
        default: self
        }
    }
}

/// Who carries the traffic, as `securityContext` tells of it.
struct Network: Hashable {
    let number: Int
    let organisation: String
    let domain: String
    /// Its place among the /24 blocks of the scenario.
    let block: Int

    init(number: Int, _ organisation: String, block: Int) {
        (self.number, self.organisation, self.block) = (number, organisation, block)
        domain = organisation.lowercased().filter { $0.isLetter || $0.isNumber } + ".example"
    }
}

/// Where a request comes from: an address with its city and network.
struct Source {
    let address: String
    let city: City
    let network: Network
    let isProxy: Bool
    /// `client.geographicalContext` and `securityContext` as JSON, which are many events' alike.
    let geographicalContext: String
    let securityContext: String

    init(address: String, city: City, network: Network, isProxy: Bool, postalCode: String) {
        (self.address, self.city, self.network, self.isProxy) = (address, city, network, isProxy)
        geographicalContext = """
            {"city":"\(city.name)","state":"\(city.state)","country":"\(city.country)","postalCode":\(postalCode),\
            "geolocation":{"lat":\(city.latitude),"lon":\(city.longitude)}}
            """
        securityContext = """
            {"asNumber":\(network.number),"asOrg":"\(network.organisation)","isp":"\(network.organisation)",\
            "domain":"\(network.domain)","isProxy":\(isProxy)}
            """
    }
}
