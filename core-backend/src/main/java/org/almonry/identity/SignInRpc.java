package org.almonry.identity;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;

import org.almonry.error.v1.Reason;
import org.almonry.identity.v1.BeginSignInRequest;
import org.almonry.identity.v1.BeginSignInResponse;
import org.almonry.identity.v1.EndSessionRequest;
import org.almonry.identity.v1.EndSessionResponse;
import org.almonry.identity.v1.LinkNotUsable;
import org.almonry.identity.v1.RedeemLinkRequest;
import org.almonry.identity.v1.RedeemLinkResponse;
import org.almonry.identity.v1.Session;
import org.almonry.identity.v1.SignInServiceGrpc.SignInServiceImplBase;
import org.almonry.identity.v1.WhoAmIRequest;
import org.almonry.identity.v1.WhoAmIResponse;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;

/// almonry.identity.v1.SignInService.
public final class SignInRpc extends SignInServiceImplBase {
    private final SignIn signIn;
    private final Sessions sessions;
    private final Users users;

    /// Signing in, and what a session is asked about itself.
    public SignInRpc(SignIn signIn, Sessions sessions, Users users) {
        this.signIn = requireNonNull(signIn, "signIn is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.users = requireNonNull(users, "users is null");
    }

    @Override
    public void beginSignIn(
            BeginSignInRequest request, StreamObserver<BeginSignInResponse> answer) {
        signIn.begin(request.getEmail(), request.getLanguage(), gateway());
        answer.onNext(BeginSignInResponse.getDefaultInstance());
        answer.onCompleted();
    }

    @Override
    public void redeemLink(RedeemLinkRequest request, StreamObserver<RedeemLinkResponse> answer) {
        var response = RedeemLinkResponse.newBuilder();
        signIn.redeem(request.getToken(), gateway())
                .ifPresentOrElse(
                        redeemed -> response.setSession(Session.newBuilder()
                                .setToken(redeemed.session().token().reveal())
                                .setExpiresAt(IdentityCodec.timestamp(
                                        redeemed.session().expiresAt()))
                                .setUser(IdentityCodec.user(redeemed.user()))),
                        () -> response.setLinkNotUsable(LinkNotUsable.getDefaultInstance()));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> answer) {
        Caller.User caller = Caller.currentUser();
        User user = users.find(caller.userId())
                .orElseThrow(() -> new Failure(Reason.SIGN_IN_NEEDED, "Please sign in."));
        answer.onNext(WhoAmIResponse.newBuilder()
                .setUser(IdentityCodec.user(user))
                .addAllPermissions(caller.permissions().stream().sorted().toList())
                .build());
        answer.onCompleted();
    }

    @Override
    public void endSession(EndSessionRequest request, StreamObserver<EndSessionResponse> answer) {
        sessions.end(Caller.currentUser().sessionId());
        answer.onNext(EndSessionResponse.getDefaultInstance());
        answer.onCompleted();
    }

    /// The gateway by its certificate; what it may say about itself does not count.
    private static String gateway() {
        return switch (Caller.current()) {
            case Caller.Service service -> service.identity();
            case Caller.User user -> user.identity();
            case Caller.System _ -> throw new IllegalStateException("a job does not sign in");
        };
    }
}
