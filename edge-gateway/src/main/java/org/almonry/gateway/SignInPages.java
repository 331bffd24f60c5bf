package org.almonry.gateway;

import io.grpc.StatusRuntimeException;
import io.helidon.webserver.http.HttpRouting;

import org.almonry.error.v1.Reason;
import org.almonry.identity.v1.BeginSignInRequest;
import org.almonry.identity.v1.EndSessionRequest;
import org.almonry.identity.v1.RedeemLinkRequest;
import org.almonry.identity.v1.RedeemLinkResponse.OutcomeCase;
import org.almonry.webkit.RateLimit;
import org.almonry.wire.Failure;

import java.time.Duration;

/// Signing in by a one-time link, and out. The same for both roles; the core decides by the
/// gateway's certificate which links are good here.
///
/// Opening a link shows a button and changes nothing: programs that look through mail open
/// links too, and would use them up.
final class SignInPages {

    /// From one address. The core has its own limit per mailbox; this one keeps a stranger
    /// from trying many mailboxes.
    private static final int BURST = 10;

    private static final Duration PER = Duration.ofMinutes(10);

    private final Desk desk;
    private final RateLimit limit = new RateLimit(BURST, PER);

    private SignInPages(Desk desk) {
        this.desk = desk;
    }

    static void route(Desk desk, HttpRouting.Builder routes) {
        var pages = new SignInPages(desk);
        desk.openGet(routes, "/sign-in", pages::begin);
        desk.openPost(routes, "/sign-in", "sign-in", pages::send);
        desk.openGet(routes, "/sign-in/sent", _ -> Answer.page("sign/sent", ""));
        desk.openGet(routes, "/sign-in/link", pages::link);
        desk.openPost(routes, "/sign-in/link", "sign-in-link", pages::redeem);
        desk.post(routes, "/sign-out", "sign-out", pages::end);
    }

    private Answer begin(Visit visit) {
        return Answer.page("sign/begin", new FormState());
    }

    private Answer send(Visit visit) {
        limit.take(RateLimit.peer(visit.request()));
        var form = FormState.of(visit.form(), "email").need(visit.view(), "email");
        if (!form.value("email").isBlank() && !form.value("email").matches("[^@\\s]+@[^@\\s]+")) {
            form.wrong("email", visit.view().t("sign.email-wrong"));
        }
        if (form.hasErrors()) {
            return Answer.refused("sign/begin", form);
        }
        try {
            var _ = desk.backend()
                    .signIn()
                    .beginSignIn(BeginSignInRequest.newBuilder()
                            .setEmail(form.value("email"))
                            .setLanguage(visit.view().language())
                            .build());
        } catch (StatusRuntimeException thrown) {
            var failure = Failure.from(thrown);
            if (failure.reason() != Reason.INVALID_ARGUMENT) {
                throw failure;
            }
            return Answer.refused("sign/begin", form.take(visit.view(), failure));
        }
        return Answer.seeOther("/sign-in/sent");
    }

    private Answer link(Visit visit) {
        return Answer.page("sign/link", visit.query("token"));
    }

    private Answer redeem(Visit visit) {
        limit.take(RateLimit.peer(visit.request()));
        String token = visit.form().text("token");
        // Shorter or longer ones cannot be links; the core would call them invalid.
        if (token.length() < 20 || token.length() > 200) {
            return Answer.refused("sign/unusable", "");
        }
        var outcome = desk.backend()
                .signIn()
                .redeemLink(RedeemLinkRequest.newBuilder().setToken(token).build());
        if (outcome.getOutcomeCase() != OutcomeCase.SESSION) {
            return Answer.refused("sign/unusable", "");
        }
        desk.cookie().set(visit.response(), outcome.getSession().getToken());
        return Answer.seeOther(desk.role().home());
    }

    private Answer end(Visit visit) {
        var _ = visit.core().signIn().endSession(EndSessionRequest.getDefaultInstance());
        desk.cookie().clear(visit.response());
        return Answer.seeOther("/sign-in?done=signed-out");
    }
}
