extension Sample {
    static let structure = """
        id: sample
        edition: "2026-11"
        aspects: [practice]
        scale: {lowest: 1, highest: 3}
        unknownCountsAs: 1
        scoring: means
        levels:
          - {id: starter, minutes: 5, total: 2, keyMeasure: 2, notApplicable: {atMost: 10%}}
          - {id: standard, minutes: 9, total: 2.5, keyMeasure: 2, domain: 1.5, notApplicable: {atMost: 2, countsAs: 1.5}}
        domains:
          - id: GOV
            questions:
              - id: GOV-1
                level: starter
                keyMeasure: starter
                effort: small
                references:
                  nis2: [21.2.a, "20"]
              - id: GOV-2
                level: standard
                mustApply: standard
                weight: 2
                when: {question: GOV-1, atLeast: 2}
          - id: TEC
            weight: 3
            topics:
              - id: TEC-A
                weight: 2
                questions:
                  - {id: TEC-1, level: starter}
          - id: CHE
            when: {all: [{sector: ["20"]}, {not: {question: GOV-2, atLeast: 3}}]}
            questions:
              - {id: CHE-1, level: standard, effort: large}

        """

    static let texts = """
        title: Sample in LANGUAGE
        summary: "A small one: nothing more."
        levels:
          starter: {title: Starter, summary: The least.}
          standard: {title: Standard, summary: All of it.}
        aspects: {practice: Practice}
        scale:
          practice:
            - {name: No, meaning: Not yet.}
            - {name: Partly, meaning: Sometimes.}
            - {name: Yes, meaning: Always.}
        domains:
          GOV: {title: Governance, short: Governance, summary: Who decides.}
          TEC: {title: Technology, short: Technology, summary: What runs.}
          CHE: {title: Chemicals, short: Chemicals, summary: What reacts.}
        topics:
          TEC-A: {title: Backups}
        questions:
          GOV-1:
            title: Someone in charge
            ask: Is someone in charge?
            hint: For example the owner.
            why: Else nobody is.
            inPlace: A name on paper.
            step: Name one person
            firstStep: Choose a person.
          GOV-2:
            title: Rules
            ask: Are there rules?
            why: Nobody can guess them.
            inPlace: One page.
            step: Write a page
            firstStep: Note ten rules.
          TEC-1: {title: Backup, ask: Is there one?, why: Disks die., inPlace: Two., step: Copy, firstStep: Copy it.}
          CHE-1: {title: Plant, ask: Is it apart?, why: It reacts., inPlace: A wall., step: Look, firstStep: Look at it.}

        """

    static let sectors = """
        version: NACE Rev. 2.1
        sections:
          - id: C
            names: {en: Manufacturing, nl: Industrie, fr: Industrie manufacturière, de: Verarbeitendes Gewerbe}
            divisions:
              - id: "10"
                names: {en: Food, nl: Voeding, fr: Produits alimentaires, de: Nahrungsmittel}
                words: {en: "bakery, chemist's bread", nl: "bakkerij", fr: "boulangerie, pâtisserie", de: "Bäckerei"}
              - id: "20"
                names: {en: Chemicals, nl: Chemische producten, fr: Produits chimiques, de: Chemische Erzeugnisse}
                words: {en: "paint", nl: "verf", fr: "peinture", de: "Farbe, Großhandel"}
          - id: H
            names: {en: Transportation, nl: Vervoer, fr: Transports, de: Verkehr}
            divisions:
              - id: "52"
                names: {en: Warehousing, nl: Opslag, fr: Entreposage, de: Lagerei}
                words: {en: "forwarder, food store", nl: "expediteur", fr: "transitaire, cœur", de: "Spedition"}

        """

    static let regions = """
        regions:
          - id: BE1
            names: {en: Brussels, nl: Brussel, fr: Bruxelles, de: Brüssel}
            parts:
              - id: BE10
                names: {en: Brussels, nl: Brussel, fr: Bruxelles, de: Brüssel}
                postcodes: ["1000-1299"]
          - id: BE2
            names: {en: Flanders, nl: Vlaanderen, fr: Flandre, de: Flandern}
            parts:
              - id: BE21
                names: {en: Antwerp, nl: Antwerpen, fr: Anvers, de: Antwerpen}
                postcodes: ["2000-2999", "1999"]

        """

    static let sizes = """
        sizes:
          - {id: micro, from: 1, to: 9, names: {en: 1 to 9, nl: 1 tot 9, fr: 1 à 9, de: 1 bis 9}}
          - {id: large, from: 10, names: {en: 10 or more, nl: 10 of meer, fr: 10 ou plus, de: 10 oder mehr}}

        """

    static let nis2 = """
        version: Directive (EU) 2022/2555
        annexes:
          - id: I
            sectors:
              - id: energy
                names: {en: Energy, nl: Energie, fr: Énergie, de: Energie}
                subsectors:
                  - {id: oil, names: {en: Oil, nl: Aardolie, fr: Pétrole, de: Erdöl}}
              - id: space
                names: {en: Space, nl: Ruimtevaart, fr: Espace, de: Weltraum}

        """

    static let references = """
        schemes:
          - id: nis2
            names: {en: NIS2, nl: NIS2, fr: NIS2, de: NIS2}
            ids: ["20", 21.2.a]

        """
}
