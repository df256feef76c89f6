#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension ScalarFunctions {
    /// Points on the earth as a sphere, by longitude and latitude in degrees; null where one is out of range. The
    /// engine's other functions of geography are refused by name.
    static let geography: [ScalarFunction] = [
        ScalarFunction("geo_distance_2points", points(2), .real) { arguments, _ in
            guard let points = Place.all(arguments, 2) else { return .null(.real) }
            return .real(points[0].distance(to: points[1]))
        },
        ScalarFunction("geo_point_in_circle", points(2) + [.number("radius")], .bool) { arguments, _ in
            guard let points = Place.all(arguments, 2), let radius = arguments.real(4) else { return .null(.bool) }
            return .bool(points[0].distance(to: points[1]) <= radius)
        },
        ScalarFunction("geo_azimuth", points(2), .real) { arguments, _ in
            Scalar(Place.all(arguments, 2).flatMap { $0[0].azimuth(to: $0[1]) })
        },
        ScalarFunction("geo_angle", points(3), .real) { arguments, _ in
            guard let points = Place.all(arguments, 3), let first = points[1].azimuth(to: points[0]),
                let second = points[1].azimuth(to: points[2])
            else { return .null(.real) }
            return .real(second < first ? second - first + 2 * .pi : second - first)
        },
    ]

    private static func points(_ count: Int) -> [FunctionParameter] {
        (1...count).flatMap { [.number("p\($0)_longitude"), .number("p\($0)_latitude")] }
    }

    /// In radians.
    private struct Place: Hashable {
        let longitude: Double
        let latitude: Double

        /// The engine's radius of the earth in metres: recorded distances give it.
        private static let radius = 6_371_010.0

        static func all(_ arguments: [Scalar], _ count: Int) -> [Place]? {
            let places = (0..<count).compactMap { index -> Place? in
                guard let longitude = arguments.real(2 * index), let latitude = arguments.real(2 * index + 1),
                    (-180...180).contains(longitude), (-90...90).contains(latitude)
                else { return nil }
                return Place(longitude: longitude * .pi / 180, latitude: latitude * .pi / 180)
            }
            return places.count == count ? places : nil
        }

        /// By the haversine formula, in metres.
        func distance(to other: Place) -> Double {
            let north = sin((other.latitude - latitude) / 2), east = sin((other.longitude - longitude) / 2)
            let half = north * north + cos(latitude) * cos(other.latitude) * east * east
            return 2 * Self.radius * asin(min(1, half.squareRoot()))
        }

        /// Clockwise from north, from 0 to 2π; `nil` to itself.
        func azimuth(to other: Place) -> Double? {
            guard self != other else { return nil }
            let east = sin(other.longitude - longitude) * cos(other.latitude)
            let north =
                cos(latitude) * sin(other.latitude) - sin(latitude) * cos(other.latitude)
                * cos(other.longitude - longitude)
            let angle = atan2(east, north)
            return angle < 0 ? angle + 2 * .pi : angle
        }
    }
}
