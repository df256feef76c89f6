internal import Foundation

/// From here on two places of computers are two: what an address tells of a place is off by a town or two.
let farKilometres = 100.0

/// The way between two places over the Earth's surface, in kilometres: haversine, on a sphere of the mean radius
/// 6371.0088 km (IUGG). Off by half a percent at most, far less than what an address tells of a place.
func greatCircleKilometres(
    _ from: (latitude: Double, longitude: Double), _ to: (latitude: Double, longitude: Double)
) -> Double {
    let radians = Double.pi / 180
    let latitudes = sin((to.latitude - from.latitude) * radians / 2)
    let longitudes = sin((to.longitude - from.longitude) * radians / 2)
    let haversine =
        latitudes * latitudes
        + cos(from.latitude * radians) * cos(to.latitude * radians) * longitudes * longitudes
    return 2 * 6371.0088 * asin(min(1, haversine.squareRoot()))
}
