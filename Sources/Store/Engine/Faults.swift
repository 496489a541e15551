import GRDB

extension NotSavedReason {
    /// What SQLite's result means to the one who saves.
    init(_ error: any Error) {
        guard let error = error as? DatabaseError else {
            self = .refused(detail: "\(error)")
            return
        }
        let detail = error.plainDetail
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_PROTOCOL, .SQLITE_BUSY: self = .ioError(detail: detail)
        case .SQLITE_READONLY: self = .readOnly
        case .SQLITE_NOMEM: self = .outOfMemory
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupted
        default: self = .refused(detail: detail)
        }
    }
}

extension StoreError {
    /// What a failed read tells its caller.
    init(reading error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT: self = .readTooSlow
        case let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode):
            self = .corrupted(detail: error.plainDetail)
        case let error as DatabaseError: self = .notRead(detail: error.plainDetail)
        default: self = .notRead(detail: "\(error)")
        }
    }

    /// What a failure while opening tells the operator.
    init(opening path: String, _ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode):
            self = .corrupted(detail: error.plainDetail)
        case let error as DatabaseError: self = .cannotOpen(path: path, reason: error.plainDetail)
        default: self = .cannotOpen(path: path, reason: "\(error)")
        }
    }
}

extension DatabaseError {
    /// The code and message, without SQL and arguments: fit for a log.
    var plainDetail: String { "\(extendedResultCode.rawValue): \(message ?? "no message")" }
}
