/// What the engine answers and this one refuses by name: the pages of the recorded queries, with how many of their
/// queries. A list that only shrinks.
///
/// Geography (`geo_*`, S2, H3 and geohash cells) needs a library of its own that hunting does not.
enum RefusedResults {
    static let pages: [String: Int] = [
        "geo-closest-point-on-line-function": 3,
        "geo-closest-point-on-polygon-function": 3,
        "geo-geohash-neighbors-function": 5,
        "geo-geohash-to-polygon-function": 3,
        "geo-h3cell-children-function": 5,
        "geo-h3cell-level-function": 3,
        "geo-h3cell-parent-function": 7,
        "geo-h3cell-to-polygon-function": 3,
        "geo-intersects-2lines-function": 2,
        "geo-intersects-line-with-polygon-function": 3,
        "geo-line-buffer-function": 4,
        "geo-line-centroid-function": 4,
        "geo-line-length-function": 3,
        "geo-line-locate-point-function": 2,
        "geo-point-to-geohash-function": 4,
        "geo-polygon-buffer-function": 4,
        "geo-polygon-densify-function": 4,
        "geo-polygon-lookup-plugin": 4,
        "geo-polygon-perimeter-function": 3,
        "geo-polygon-to-h3cells-function": 3,
        "geo-polygon-to-s2cells-function": 5,
        "geo-s2cell-neighbors-function": 5,
        "geo-s2cell-to-central-point-function": 2,
        "geo-s2cell-to-polygon-function": 3,
        "geo-union-lines-array-function": 3,
        "geospatial-joins": 3,
    ]
}
