import Testing

@testable import Store

@Suite struct PersonalDataTests {
    @Test func `SEC-28: every column of the database is in the inventory, and no other`() async throws {
        try await withStore { store in
            let tables = try store.read { db in
                try db.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") { try $0.text(0) }
            }
            #expect(Set(PersonalData.tables.keys) == Set(tables))
            for (table, columns) in PersonalData.tables {
                let real = try store.read { db in
                    try db.all("SELECT name FROM pragma_table_info(?) ORDER BY name", table) { try $0.text(0) }
                }
                #expect(columns.map(\.name).sorted() == real, "\(table)")
            }
        }
    }

    @Test func `SEC-28: every entry says what it is, and every kind is somewhere`() {
        let columns = PersonalData.tables.values.joined()
        #expect(columns.allSatisfy { !$0.what.isEmpty })
        #expect(Set(columns.compactMap(\.kind)) == Set(PersonalData.Kind.allCases))
    }

    @Test(arguments: ["email", "email_key", "address", "password", "facts", "value", "answers"])
    func `SEC-28: what names people is nowhere called other data`(_ name: String) {
        #expect(PersonalData.tables.values.joined().filter { $0.name == name }.allSatisfy { $0.kind != nil })
    }
}
