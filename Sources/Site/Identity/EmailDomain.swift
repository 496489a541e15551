/// Facts about the domain of an e-mail address.
enum EmailDomain {
    /// Whether anybody can get an address at a domain, or at the one it is a part of: then it proves no organisation.
    static func isPublic(_ domain: String) -> Bool {
        var rest = domain.lowercased()[...]
        while true {
            if publicDomains.contains(String(rest)) { return true }
            guard let dot = rest.utf8.firstIndex(of: UInt8(ascii: ".")) else { return false }
            rest = rest[rest.utf8.index(after: dot)...]
        }
    }

    /// Providers that have a domain per country.
    private static let brands: [(name: String, endings: String)] = [
        ("gmail", "com"), ("googlemail", "com"),
        ("outlook", "com be fr de es it pt dk ie at cz hu sk lv com.gr co.th com.tr com.br com.au jp in"),
        ("hotmail", "com be nl fr de es it se no dk fi at ch gr hu lv lt co.uk com.tr com.br com.ar ca"),
        ("live", "com be nl fr de it se no dk fi at ie co.uk com.pt ca com.au cn"),
        ("msn", "com nl"), ("passport", "com"), ("windowslive", "com"),
        ("yahoo", "com be nl fr de es it se no dk fi ie at pl ro gr hu pt cz co.uk ca com.br com.ar com.mx com.tr com.au co.in co.jp in"),
        ("ymail", "com"), ("rocketmail", "com"), ("aol", "com be nl fr de it es co.uk"), ("aim", "com"),
        ("icloud", "com"), ("me", "com"), ("mac", "com"), ("privaterelay.appleid", "com"),
        ("proton", "me"), ("protonmail", "com ch"), ("pm", "me"), ("tutanota", "com de"), ("tuta", "com io"), ("tutamail", "com"),
        ("gmx", "com net de at ch fr es it be nl eu info org us co.uk"), ("mail", "com ru de ee bg"), ("email", "com de it cz"),
        ("yandex", "com ru by kz ua"), ("ya", "ru"), ("zoho", "com eu"), ("zohomail", "com eu"),
        ("hey", "com"), ("duck", "com"), ("mozmail", "com"), ("fastmail", "com fm net"), ("hushmail", "com"), ("mailfence", "com"),
        ("posteo", "de net be eu"), ("mailbox", "org"), ("disroot", "org"), ("riseup", "net"), ("simplelogin", "com"), ("aleeas", "com"),
        ("mailo", "com eu"), ("netcourrier", "com"), ("runbox", "com"), ("startmail", "com"), ("lycos", "com nl de"),
        ("inbox", "com lv ru eu"), ("excite", "com it"), ("qq", "com"), ("163", "com"), ("126", "com"), ("naver", "com"),
    ]

    /// Internet providers whose customers have addresses at the provider's domain, and providers for one country.
    private static let others = """
        skynet.be telenet.be pandora.be scarlet.be proximus.be proximusmail.be belgacom.net belgacom.be voo.be brutele.be brutele.net
        base.be orange.be mobistar.be edpnet.be dommel.be dommel.com tvcablenet.be teledisnet.be tele2.be swing.be tiscali.be
        tiscalinet.be versatel.be advalvas.be belgique.com euphonynet.be numericable.be fulladsl.be planetinternet.be worldonline.be
        ziggo.nl kpn.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl xs4all.nl upcmail.nl chello.nl home.nl casema.nl quicknet.nl
        zonnet.nl tele2.nl caiway.nl caiway.net solcon.nl online.nl wxs.nl telfort.nl versatel.nl freeler.nl zeelandnet.nl
        orange.fr wanadoo.fr laposte.net free.fr sfr.fr neuf.fr bbox.fr numericable.fr club-internet.fr aliceadsl.fr 9online.fr
        cegetel.net voila.fr noos.fr libertysurf.fr
        web.de t-online.de freenet.de arcor.de online.de magenta.de vodafone.de vodafonemail.de kabelmail.de unitybox.de ewe.net
        unity-mail.de aon.at chello.at bluewin.ch hispeed.ch sunrise.ch
        pt.lu internet.lu vo.lu tango.lu
        libero.it virgilio.it tiscali.it alice.it tin.it tim.it iol.it inwind.it fastwebnet.it telefonica.net terra.es ono.com
        sapo.pt clix.pt wp.pl o2.pl onet.pl op.pl interia.pl poczta.onet.pl gazeta.pl tlen.pl seznam.cz centrum.cz volny.cz azet.sk
        centrum.sk zoznam.sk freemail.hu citromail.hu abv.bg dir.bg telia.com spray.se bredband.net eircom.net otenet.gr in.gr
        forthnet.gr inbox.lt one.lt btinternet.com btopenworld.com sky.com talktalk.net ntlworld.com virginmedia.com blueyonder.co.uk
        comcast.net verizon.net att.net sbcglobal.net cox.net rambler.ru bk.ru list.ru ukr.net usa.net
        mailinator.com yopmail.com guerrillamail.com 10minutemail.com temp-mail.org trashmail.com sharklasers.com maildrop.cc
        """

    private static let publicDomains: Set<String> = {
        let listed = others.split { $0.isWhitespace }.map(String.init)
        return Set(brands.flatMap { brand in brand.endings.split(separator: " ").map { "\(brand.name).\($0)" } } + listed)
    }()
}
