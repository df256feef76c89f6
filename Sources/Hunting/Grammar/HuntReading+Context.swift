extension HuntReading {
    private func index(of entity: HuntEntity) -> Int? {
        tokens.firstIndex { token in
            entity.values.contains { $0.lowercased() == EntityForms.refanged(token.text).lowercased() }
                || HuntPrograms.files(of: token.lower) == entity.values
        }
    }

    /// Whether a program is what did something: `by winword.exe`, `from winword.exe`, `children of winword.exe`.
    func isAgent(_ entity: HuntEntity) -> Bool {
        guard let index = index(of: entity), index > 0 else { return false }
        let before = tokens[index - 1].lower
        // `the parents of cmd.exe` asks what started it.
        let owners = tokens[..<(index - 1)].suffix(2).map { HuntVocabulary.canonical($0.lower) }
        if before == "of", owners.contains("parent") { return false }
        // `what did winword.exe start`, but not `did winword.exe run`.
        if ["did", "does", "has"].contains(before) {
            let objects: Set<String> = ["what", "which", "anything", "everything", "things"]
            return tokens[..<(index - 1)].contains {
                objects.contains($0.lower) || ["process", "command"].contains(HuntVocabulary.canonical($0.lower) ?? "")
            }
        }
        return ["by", "from", "parent", "under", "of"].contains(before)
            || (before == "process" && index > 1 && tokens[index - 2].lower == "parent")
    }

    /// Whether a program is spoken of as a file: `the file x.exe`.
    func isFile(_ entity: HuntEntity) -> Bool {
        guard let index = index(of: entity) else { return false }
        return [index - 1, index + 1].contains {
            tokens.indices.contains($0) && ["file", "files", "named", "called"].contains(tokens[$0].lower)
        }
            || !meant.contains("process")
    }
}
