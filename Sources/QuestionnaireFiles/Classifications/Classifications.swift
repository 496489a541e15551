/// What organisations and questionnaires are classified by: sectors, regions, sizes, NIS2 and other frameworks' ids.
public struct Classifications: Sendable {
    /// NACE sections, in the classification's order.
    public let sectors: [SectorSection]
    /// "NACE Rev. 2.1"
    public let sectorVersion: String
    public let regions: [Region]
    /// Smallest first, without a gap.
    public let sizes: [SizeClass]
    public let nis2: [Nis2Annex]
    /// "Directive (EU) 2022/2555"
    public let nis2Version: String
    public let referenceSchemes: [ReferenceScheme]
    private let places: [String: DivisionPlace]
    private let search: DivisionSearch

    init(
        sectors: [SectorSection], sectorVersion: String, regions: [Region], sizes: [SizeClass], nis2: [Nis2Annex],
        nis2Version: String, referenceSchemes: [ReferenceScheme]
    ) {
        self.sectors = sectors
        self.sectorVersion = sectorVersion
        self.regions = regions
        self.sizes = sizes
        self.nis2 = nis2
        self.nis2Version = nis2Version
        self.referenceSchemes = referenceSchemes
        var places: [String: DivisionPlace] = [:]
        for (s, section) in sectors.enumerated() {
            for (d, division) in section.divisions.enumerated() { places[division.id] = DivisionPlace(section: s, division: d) }
        }
        self.places = places
        search = DivisionSearch(sectors)
    }

    public func division(_ id: String) -> SectorDivision? {
        places[id].map { sectors[$0.section].divisions[$0.division] }
    }

    /// The part of a region that a Belgian postcode lies in.
    public func region(postcode: Int) -> RegionPart? {
        regions.lazy.flatMap(\.parts).first { part in part.postcodes.contains { $0.contains(postcode) } }
    }

    /// Divisions in which every word of the query begins a word of the name, the search words, the section's name
    /// or is the beginning of the code; case and accents do not matter. `language` counts before the others, and a
    /// name before search words. Only the query's first 100 characters count; one without letters finds nothing.
    public func findDivisions(
        _ query: String, language: Language
    ) -> [(section: SectorSection, division: SectorDivision)] {
        search.places(matching: query, language: language).map {
            (sectors[$0.section], sectors[$0.section].divisions[$0.division])
        }
    }
}

/// A letter of NACE with its divisions.
public struct SectorSection: Sendable, Equatable {
    public let id: String
    public let names: [Language: String]
    public let divisions: [SectorDivision]
}

public struct SectorDivision: Sendable, Equatable {
    /// Two digits.
    public let id: String
    public let names: [Language: String]
    /// Everyday terms to find it by.
    public let words: [Language: [String]]
}

/// NUTS level 1.
public struct Region: Sendable, Equatable {
    public let id: String
    public let names: [Language: String]
    public let parts: [RegionPart]
}

/// NUTS level 2.
public struct RegionPart: Sendable, Equatable {
    public let id: String
    public let names: [Language: String]
    public let postcodes: [ClosedRange<Int>]
}

/// A class of organisations by the number of people.
public struct SizeClass: Sendable, Equatable {
    public let id: String
    public let from: Int
    /// Included; `nil` for no limit.
    public let to: Int?
    public let names: [Language: String]
}

public struct Nis2Annex: Sendable, Equatable {
    public let id: String
    public let sectors: [Nis2Sector]
}

public struct Nis2Sector: Sendable, Equatable {
    public let id: String
    public let names: [Language: String]
    /// Empty where the directive names none.
    public let subsectors: [Nis2Subsector]
}

public struct Nis2Subsector: Sendable, Equatable {
    public let id: String
    public let names: [Language: String]
}

/// A framework that questions refer to.
public struct ReferenceScheme: Sendable, Equatable {
    /// `cyfun2025`, `nis2`, `iso27001`, `csf20` …
    public let id: String
    public let names: [Language: String]
    public let ids: Set<String>
}

/// Indices of a division and its section.
struct DivisionPlace: Sendable, Hashable {
    let section: Int
    let division: Int
}
