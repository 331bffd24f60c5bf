package org.almonry.widget;

import io.grpc.stub.StreamObserver;

import org.almonry.certs.CertificateTool;
import org.almonry.error.v1.Reason;
import org.almonry.type.v1.Money;
import org.almonry.widgets.v1.AmountOutOfRange;
import org.almonry.widgets.v1.CreatePledgeRequest;
import org.almonry.widgets.v1.CreatePledgeResponse;
import org.almonry.widgets.v1.GetPledgeRequest;
import org.almonry.widgets.v1.GetPledgeResponse;
import org.almonry.widgets.v1.GetProfileRequest;
import org.almonry.widgets.v1.GetProfileResponse;
import org.almonry.widgets.v1.GetProjectRequest;
import org.almonry.widgets.v1.GetProjectResponse;
import org.almonry.widgets.v1.Pledge;
import org.almonry.widgets.v1.PledgeState;
import org.almonry.widgets.v1.Profile;
import org.almonry.widgets.v1.PublicMilestone;
import org.almonry.widgets.v1.PublicProject;
import org.almonry.widgets.v1.WeekReceived;
import org.almonry.widgets.v1.WidgetServiceGrpc;
import org.almonry.wire.Failure;
import org.almonry.wire.TlsFiles;
import org.almonry.wire.WireServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// A core with one service, over the real wire: mutual TLS, rules, deadlines. It keeps
/// pledges in a map, and can be stopped and started again on the same port.
final class TestCore extends WidgetServiceGrpc.WidgetServiceImplBase implements AutoCloseable {

    static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    /// Calls so far, by method.
    final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    /// Pledges by their key.
    final Map<String, Pledge> pledges = new ConcurrentHashMap<>();

    /// The last request for a pledge.
    final AtomicReference<CreatePledgeRequest> last = new AtomicReference<>();

    /// Milliseconds that a pledge takes.
    volatile long delayMs;

    /// Money booked for the projects so far.
    volatile long received = 624_000;

    private final Map<String, CreatePledgeRequest> requests = new ConcurrentHashMap<>();
    private final Path folder;
    private final TlsFiles own;
    private final int port;
    private WireServer server;

    private TestCore(Path folder) {
        this.folder = folder;
        var tool = CertificateTool.init(folder.resolve("ca"), "almonry.test", Clock.systemUTC());
        this.own = tool.issue("core/core", List.of("localhost"), folder);
        tool.issue("edge/widgets", List.of("localhost"), folder);
        this.server = serve(0);
        this.port = server.port();
    }

    static TestCore start() {
        try {
            return new TestCore(Files.createTempDirectory("almonry-widget-test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WireServer serve(int atPort) {
        var started = new WireServer(
                new InetSocketAddress("127.0.0.1", atPort),
                own,
                (token, identity) -> Optional.empty(),
                (caller, method, outcome, detail) -> {},
                List.of(this),
                Clock.systemUTC());
        started.start();
        return started;
    }

    int port() {
        return port;
    }

    Path folder() {
        return folder;
    }

    void stop() {
        server.close();
    }

    void restart() {
        server = serve(port);
    }

    int count(String method) {
        return calls.getOrDefault(method, new AtomicInteger()).get();
    }

    @Override
    public void close() {
        server.close();
    }

    @Override
    public void getProfile(GetProfileRequest request, StreamObserver<GetProfileResponse> observer) {
        answer(
                "getProfile",
                observer,
                () -> GetProfileResponse.newBuilder()
                        .setProfile(profile(request.getSlug()))
                        .build());
    }

    @Override
    public void getProject(GetProjectRequest request, StreamObserver<GetProjectResponse> observer) {
        answer("getProject", observer, () -> {
            for (String slug : List.of("river-trust", "good-vibes", "hostile")) {
                var profile = profile(slug);
                for (var project : profile.getProjectsList()) {
                    if (project.getSlug().equals(request.getSlug())) {
                        return GetProjectResponse.newBuilder()
                                .setProject(project)
                                .addAllSites(profile.getSitesList())
                                .addAllWeeks(weeks())
                                .build();
                    }
                }
            }
            throw new Failure(Reason.NOT_FOUND, "no such project");
        });
    }

    @Override
    public void createPledge(
            CreatePledgeRequest request, StreamObserver<CreatePledgeResponse> observer) {
        answer("createPledge", observer, () -> create(request));
    }

    @Override
    public void getPledge(GetPledgeRequest request, StreamObserver<GetPledgeResponse> observer) {
        answer(
                "getPledge",
                observer,
                () -> pledges.values().stream()
                        .filter(each -> each.getToken().equals(request.getToken()))
                        .findFirst()
                        .map(each ->
                                GetPledgeResponse.newBuilder().setPledge(each).build())
                        .orElseThrow(() -> new Failure(Reason.NOT_FOUND, "no such pledge")));
    }

    private CreatePledgeResponse create(CreatePledgeRequest request) {
        last.set(request);
        if (delayMs > 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(delayMs * 1_000_000);
        }
        long sum = request.getItemsList().stream()
                .mapToLong(item -> item.getAmount().getMinor())
                .sum();
        if (sum < 100 || sum > 100_000_000) {
            return CreatePledgeResponse.newBuilder()
                    .setAmountOutOfRange(AmountOutOfRange.newBuilder()
                            .setLeast(euro(100))
                            .setGreatest(euro(100_000_000)))
                    .build();
        }
        var before = requests.putIfAbsent(request.getIdempotencyKey(), request);
        if (before != null && !before.equals(request)) {
            throw new Failure(Reason.IDEMPOTENCY_CONFLICT, "other content");
        }
        var pledge = pledges.computeIfAbsent(
                request.getIdempotencyKey(), key -> pledge(request, sum, pledges.size()));
        return CreatePledgeResponse.newBuilder().setPledge(pledge).build();
    }

    private static Pledge pledge(CreatePledgeRequest request, long sum, int number) {
        return Pledge.newBuilder()
                .setToken("token-%020d".formatted(number))
                .setAmount(euro(sum))
                .addAllItems(request.getItemsList())
                .setAccountHolder("Verein Gemeinsame Kasse e.V.")
                .setIban("DE02120300000000202051")
                .setBic("BYLADEM1001")
                .setReference("RF96204817360")
                .setCode("CCT-204817360")
                .setEpcPayload("BCD\n002\n1\nSCT\nBYLADEM1001\nVerein Gemeinsame Kasse e.V.\n"
                        + "DE02120300000000202051\nEUR" + sum / 100 + ".00\n\nRF96204817360")
                .setState(PledgeState.PLEDGE_STATE_WAITING)
                .setBooked(euro(0))
                .setNonprofit(request.getNonprofit())
                .build();
    }

    private <T> void answer(String method, StreamObserver<T> observer, Supplier<T> work) {
        calls.computeIfAbsent(method, unused -> new AtomicInteger()).incrementAndGet();
        T answer = work.get();
        observer.onNext(answer);
        observer.onCompleted();
    }

    private Profile profile(String slug) {
        return switch (slug) {
            case "river-trust" ->
                Profile.newBuilder()
                        .setSlug(slug)
                        .setName("River Trust")
                        .addAllSites(List.of(
                                "https://river.example",
                                "http://river.localhost:9000",
                                "https://evil.example; script-src *"))
                        .addAllProjects(List.of(
                                project(
                                                slug,
                                                "River Trust",
                                                "otter-rescue",
                                                "Otter rescue",
                                                1_000_000)
                                        .toBuilder()
                                        .addMilestones(PublicMilestone.newBuilder()
                                                .setId("mst_1")
                                                .setName("Ten nest boxes")
                                                .setGoal(euro(150_000)))
                                        .build(),
                                project(slug, "River Trust", "clean-banks", "Clean banks", 500_000),
                                project(slug, "River Trust", "general-pot", "General pot", 0)))
                        .build();
            case "good-vibes" ->
                Profile.newBuilder()
                        .setSlug(slug)
                        .setName("Good Vibes")
                        .addProjects(
                                project(slug, "Good Vibes", "youth-choir", "Youth choir", 80_000))
                        .build();
            case "hostile" ->
                Profile.newBuilder()
                        .setSlug(slug)
                        .setName(HOSTILE)
                        .addProjects(project(slug, HOSTILE, "hostile-project", HOSTILE, 100))
                        .build();
            case "empty" -> Profile.newBuilder().setSlug(slug).setName("Empty").build();
            default -> throw new Failure(Reason.NOT_FOUND, "no such nonprofit");
        };
    }

    private PublicProject project(
            String nonprofit, String nonprofitName, String slug, String name, long goal) {
        var project = PublicProject.newBuilder()
                .setSlug(slug)
                .setName(name)
                .setSummary(name + ": nest boxes, clean water and a place to hide, built with"
                        + " volunteers along the river.")
                .setReceived(euro(received))
                .setNonprofitSlug(nonprofit)
                .setNonprofitName(nonprofitName);
        if (goal > 0) {
            project.setGoal(euro(goal));
        }
        return project.build();
    }

    private static List<WeekReceived> weeks() {
        var weeks = new ArrayList<WeekReceived>();
        var monday = java.time.LocalDate.of(2026, 8, 31);
        for (int i = 0; i < 12; i++) {
            weeks.add(WeekReceived.newBuilder()
                    .setMonday(monday.plusWeeks(i).toString())
                    .setAmount(euro(i % 4 == 3 ? 0 : (i * 7919L) % 90_000))
                    .build());
        }
        return weeks;
    }

    static Money euro(long minor) {
        return Money.newBuilder().setCurrency("EUR").setMinor(minor).build();
    }
}
