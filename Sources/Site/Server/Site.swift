import Assessment
import Glibc
import QuestionnaireFiles
import Store

/// Everything that pages need, put together once at start. A class: every request holds it, and counting one reference
/// is cheaper than counting those of all its parts.
public final class Site: Sendable {
    let configuration: SiteConfiguration
    let catalogue: Catalogue
    let store: Store
    let assets: Assets
    let log: AccessLog
    let clock: @Sendable () -> Timestamp
    let random: @Sendable (Int) -> [UInt8]
    let panels = PanelCache()
    private let wordings: [Language: Words]

    /// Loads wording and assets, and refuses an edition that was answered and has changed since.
    public init(
        configuration: SiteConfiguration, catalogue: Catalogue, store: Store, log: AccessLog,
        clock: @escaping @Sendable () -> Timestamp = Site.systemClock,
        random: @escaping @Sendable (Int) -> [UInt8] = Site.systemRandom
    ) throws {
        for known in try store.knownEditions() {
            guard let loaded = catalogue.questionnaire(known.questionnaire, edition: known.edition) else {
                throw StartFault.editionMissing(questionnaire: known.questionnaire, edition: known.edition)
            }
            guard loaded.checksum == known.checksum else {
                throw StartFault.editionChanged(
                    questionnaire: known.questionnaire, edition: known.edition, recorded: known.checksum, found: loaded.checksum)
            }
        }
        self.configuration = configuration
        self.catalogue = catalogue
        self.store = store
        self.log = log
        self.clock = clock
        self.random = random
        assets = try Assets(webFolder: configuration.webFolder, logoFile: configuration.operatorLogo)
        wordings = try Words.load(folder: "\(configuration.webFolder)/Text")
    }

    func words(_ language: Language) -> Words { wordings[language] ?? Words(language: language) }

    public static let systemClock: @Sendable () -> Timestamp = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Eight bytes per call of the system's generator, not one.
    public static let systemRandom: @Sendable (Int) -> [UInt8] = { count in
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) } }
        return Array(bytes.prefix(count))
    }
}
