internal import Events

// Fields of a CSV.

extension ColumnCells {
    /// Takes the field of a CSV, without its quotes; an empty one is null. What is not of the column's type is
    /// converted, or null.
    mutating func take(field: UnsafeRawBufferPointer, row: Int32) {
        guard !field.isEmpty else { return kinds.formUnion(.empty) }
        switch type {
        case .string, .guid, .decimal, .dynamic:
            kinds.insert(.text)
            append(field, row)
        case .datetime:
            if let ticks = ValueKinds.ticks(field) {
                kinds.insert(.datetime)
                return append(integer: ticks, row)
            }
            convert(field, row)
        default: convert(field, row)
        }
    }

    private mutating func convert(_ field: UnsafeRawBufferPointer, _ row: Int32) {
        let kind = ValueKinds(field: field)
        kinds.formUnion(kind)
        guard let type else { return }
        if type == .long, kind == .long, let number = NumberText.integer(field) { return append(integer: number, row) }
        if type == .real, kind == .real, let real = DecimalText.double(field) { return append(real: real, row) }
        append(Scalar(cell: String(decoding: field, as: UTF8.self), as: type), row)
    }
}
