package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;

import org.almonry.error.v1.Reason;
import org.almonry.widgets.v1.CreatePledgeRequest;
import org.almonry.widgets.v1.CreatePledgeResponse;
import org.almonry.widgets.v1.GetPledgeRequest;
import org.almonry.widgets.v1.GetProfileRequest;
import org.almonry.widgets.v1.GetProjectRequest;
import org.almonry.widgets.v1.Pledge;
import org.almonry.widgets.v1.Profile;
import org.almonry.widgets.v1.WidgetServiceGrpc;
import org.almonry.widgets.v1.WidgetServiceGrpc.WidgetServiceBlockingStub;
import org.almonry.wire.Failure;

import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// The only way from here to the core. Public data (nonprofits and projects) is kept for
/// ten seconds; a pledge never.
final class WidgetBackend {

    /// Short names as the core writes them; anything else is not worth a call.
    private static final String SLUG = "[a-z0-9][a-z0-9-]{0,39}";

    private static final String TOKEN = "[A-Za-z0-9_-]{20,100}";
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final int KEPT_MAX = 1000;

    private final WidgetServiceBlockingStub stub;
    private final FreshCache<Profile> profiles;
    private final FreshCache<KnownProject> projects;

    WidgetBackend(Channel channel, Clock clock) {
        this.stub = WidgetServiceGrpc.newBlockingStub(requireNonNull(channel, "channel is null"));
        this.profiles = new FreshCache<>(clock, FRESH, KEPT_MAX);
        this.projects = new FreshCache<>(clock, FRESH, KEPT_MAX);
    }

    /// A nonprofit with its sites and open projects. Throws NOT_FOUND.
    Profile profile(String slug) {
        requireSlug(slug);
        return profiles.get(
                slug,
                () -> call(() -> stub.getProfile(
                                GetProfileRequest.newBuilder().setSlug(slug).build())
                        .getProfile()));
    }

    /// A project with its weeks. Throws NOT_FOUND.
    KnownProject project(String slug) {
        requireSlug(slug);
        return projects.get(
                slug,
                () -> new KnownProject(call(() -> stub.getProject(
                        GetProjectRequest.newBuilder().setSlug(slug).build()))));
    }

    /// Who could frame the pages of a nonprofit when the core was last heard. For one
    /// purpose: the page that says the core is down must still show inside the frame where
    /// the giver typed.
    List<String> lastSites(String nonprofit) {
        return profiles.last(nonprofit)
                .map(Profile::getSitesList)
                .map(List::copyOf)
                .or(() -> projects.lastWhere(each -> each.nonprofit().equals(nonprofit))
                        .map(KnownProject::sites))
                .orElse(List.of());
    }

    /// Records a pledge, once per key.
    CreatePledgeResponse createPledge(CreatePledgeRequest request) {
        return call(() -> stub.createPledge(request));
    }

    /// A pledge as it stands now. Throws NOT_FOUND.
    Pledge pledge(String token) {
        if (!token.matches(TOKEN)) {
            throw new Failure(Reason.NOT_FOUND, "no such pledge");
        }
        return call(() -> stub.getPledge(
                        GetPledgeRequest.newBuilder().setToken(token).build())
                .getPledge());
    }

    /// Whether a failed call surely never reached the core, so that nothing can have been
    /// recorded.
    static boolean neverSent(Failure failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof ConnectException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static void requireSlug(String slug) {
        if (!slug.matches(SLUG)) {
            throw new Failure(Reason.NOT_FOUND, "no such name");
        }
    }

    private static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            throw Failure.from(e);
        }
    }
}
