import Glibc
import HTML
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Store
import UnixSignals

extension Site {
    /// Every route of the site.
    static let routes: RouteTable = {
        var routes = RouteTable()
        StartRoutes.add(to: &routes)
        OpenRoutes.add(to: &routes)
        FactsRoutes.add(to: &routes)
        ScalePage.add(to: &routes)
        ImportRoutes.add(to: &routes)
        CarryRoutes.add(to: &routes)
        FillRoutes.add(to: &routes)
        PrivateLink.add(to: &routes)
        TasksPage.add(to: &routes)
        SectionRoutes.add(to: &routes)
        CheckRoutes.add(to: &routes)
        ResultRoutes.add(to: &routes)
        DownloadRoutes.add(to: &routes)
        DeletionRoutes.add(to: &routes)
        SignInRoutes.add(to: &routes)
        CodeRoutes.add(to: &routes)
        RegisterRoutes.add(to: &routes)
        ResetRoutes.add(to: &routes)
        AccountRoutes.add(to: &routes)
        PasswordRoutes.add(to: &routes)
        SecondStepRoutes.add(to: &routes)
        SessionsRoutes.add(to: &routes)
        EmailRoutes.add(to: &routes)
        OrganisationRoutes.add(to: &routes)
        OrganisationAssessmentRoutes.add(to: &routes)
        MemberRoutes.add(to: &routes)
        InvitationRoutes.add(to: &routes)
        JoinRoutes.add(to: &routes)
        DepartureRoutes.add(to: &routes)
        ProofRoutes.add(to: &routes)
        TrailRoutes.add(to: &routes)
        AdoptionRoutes.add(to: &routes)
        ColleagueRoutes.add(to: &routes)
        ContributeRoutes.add(to: &routes)
        AuthorsPage.add(to: &routes)
        AdministrationRoutes.add(to: &routes)
        AccountListRoutes.add(to: &routes)
        AccountCardRoutes.add(to: &routes)
        AccountLinkRoutes.add(to: &routes)
        FirmListRoutes.add(to: &routes)
        FirmCardRoutes.add(to: &routes)
        MailStateRoutes.add(to: &routes)
        AuditRoutes.add(to: &routes)
        AccountExport.add(to: &routes)
        AccountDeletion.add(to: &routes)
        OrganisationExport.add(to: &routes)
        OrganisationDeletion.add(to: &routes)
        PrivacyPage.add(to: &routes)
        AccessibilityPage.add(to: &routes)
        return routes
    }()

    /// Serves until SIGTERM or SIGINT, then finishes what is under way, at most ten seconds, and closes the store (REL-17).
    public func serve(onReady: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
        let broken = NeutralPage(site: self).brokenRequest().withBytes { ByteBuffer(bytes: $0) }
        var services: [any Service] = [Housekeeping(site: self), ControlService(site: self)]
        if sendsMail { services.append(try MailRoom(site: self)) }
        let logger = Logger(label: "linchpin") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            responder: SiteResponder(site: self, routes: Self.routes),
            server: LoopBoundChannel.server(
                HTTP1Channel.Configuration(
                    additionalChannelHandlers: [
                        FlushTogether(), RequestDeadline(seconds: Limit.requestSeconds), BrokenRequests(page: broken),
                    ],
                    idleTimeout: .seconds(Limit.idleSeconds),
                    httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                        maxHeaderFieldSize: Limit.headerBytes, maxHeaderListSize: 2 * Limit.headerBytes,
                        maxHeaderFieldCount: Limit.headerFields))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.maximumConnections)),
            services: services,
            onServerRunning: { channel in onReady(channel.localAddress?.port ?? 0) },
            logger: logger)
        var group = ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(Limit.shutdownSeconds)
        let result: Result<Void, any Error>
        do {
            result = .success(try await ServiceGroup(configuration: group).run())
        } catch {
            result = .failure(ListenFault(error, host: configuration.host, port: configuration.port))
        }
        await writeLooks()
        logAuditHead()
        await store.close()
        log.flush()
        try result.get()
    }
}

/// Why the service cannot listen, for the operator.
public struct ListenFault: Error, CustomStringConvertible {
    public let description: String

    init(_ error: any Error, host: String, port: Int) {
        let place = "cannot listen on \(host) port \(port): "
        description =
            switch (error as? IOError)?.errnoCode {
            case EADDRINUSE: place + "another program uses this port; stop it, or choose another port with --port"
            case EACCES: place + "this user may not; choose a port above 1023 with --port"
            case EADDRNOTAVAIL: place + "this machine does not have the address; choose another with --host"
            default: place + "\(error)"
            }
    }
}

extension Site {
    /// Says where the audit trail stands: whoever keeps the log can tell later whether rows were cut off or written anew, by
    /// `linchpin audit verify --expect` (ASVS 16.4.2).
    func logAuditHead() {
        do {
            guard let head = try store.auditHead() else { return }
            log.event(.info, "audit", at: clock(), cause: head.text)
        } catch {
            log.event(.error, "audit", at: clock(), cause: "\(error)")
        }
    }
}
