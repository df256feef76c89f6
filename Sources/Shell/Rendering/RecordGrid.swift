import JSON
import Tables

/// Records side by side: the keys of all of them in the order in which they first appear, and each record's
/// values under them. What is no object has the one key `value`.
struct RecordGrid {
    private(set) var keys: [String] = []
    /// As many values as keys in each row; `nil` where the record lacks the key.
    let rows: [[JSONValue?]]

    init(keys: [String], rows: [[JSONValue?]]) {
        self.keys = keys
        self.rows = rows
    }

    init(_ records: [JSONValue]) {
        var places: [ByteText: Int] = [:]
        var keys: [String] = []
        let placed = records.map { record in
            record.fields.map { field in
                let key = ByteText(field.key)
                let place = places[key] ?? keys.count
                if place == keys.count {
                    places[key] = place
                    keys.append(field.key)
                }
                return (place, field.value)
            }
        }
        self.keys = keys
        rows = placed.map { fields in
            var row = [JSONValue?](repeating: nil, count: keys.count)
            for (place, value) in fields { row[place] = value }
            return row
        }
    }
}

extension JSONValue {
    /// The members of an object; anything else as the member `value`.
    var fields: [Member] { members ?? [Member("value", self)] }
}
