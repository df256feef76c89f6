public import Diagnostics
public import Events
internal import Foundation

extension LocalTable {
    /// Loads a file of rows: JSON (one object a line, one after another, or an array of them) or a CSV with a header,
    /// each of them also gzip-compressed; told by its content.
    ///
    /// The columns are those that `FILE.schema.json` lists (contract.md, "JSON values"); without it, those of the known
    /// table of this name (``KnownTables``) and whatever else the rows have; without that, all that the rows have, in
    /// the order in which they first appear, typed by all of their values:
    /// - JSON: `bool`; `long`, or `real` where some have a fraction or more than 64 bits; `datetime` where all texts
    ///   are ISO 8601; `string`; anything mixed, and arrays and objects, are `dynamic`;
    /// - CSV: the same by what the fields look like, and `string` where they are mixed.
    ///
    /// What a row lacks, and what does not convert to its column's type, is null. What is no row is left out and
    /// reported. A gigabyte takes about three seconds on two cores, and twice that where the type of a column shows
    /// late. Columns are put together when a query first reads them. The file is not needed afterwards.
    ///
    /// - Throws: Where the file cannot be read, or the list of its columns; of kind `interrupted` when the task is
    ///   cancelled.
    public static func load(
        name: String, path: String
    ) async throws(Diagnostic) -> (table: LocalTable, report: TableLoadReport) {
        let schema = path + ".schema.json"
        let declared: DeclaredColumns? =
            FileManager.default.fileExists(atPath: schema)
            ? try DeclaredColumns(schema: RawBytes.open(path: schema)) : nil
        return try await load(name: name, RawBytes.open(path: path), declared)
    }

    /// As ``load(name:path:)``, from bytes that are at hand, such as standard input; without a list of columns beside.
    public static func load(
        name: String, _ source: RawBytes
    ) async throws(Diagnostic) -> (table: LocalTable, report: TableLoadReport) {
        try await load(name: name, source, nil)
    }

    /// - Parameters:
    ///   - declared: The columns; those of the known table of the name where it is `nil`.
    ///   - chunkSize: About how many bytes are read at a time.
    static func load(
        name: String, _ source: RawBytes, _ declared: DeclaredColumns?, chunkSize: Int = 4 << 20
    ) async throws(Diagnostic) -> (table: LocalTable, report: TableLoadReport) {
        let loader = TableLoader(
            source: source, declared: declared ?? DeclaredColumns(ofTable: name),
            width: max(1, ProcessInfo.processInfo.activeProcessorCount), chunkSize: chunkSize)
        return try await loader.load(name)
    }
}
