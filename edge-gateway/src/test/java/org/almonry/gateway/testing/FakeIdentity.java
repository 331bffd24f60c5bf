package org.almonry.gateway.testing;

import com.google.protobuf.Timestamp;

import io.grpc.stub.StreamObserver;

import org.almonry.identity.v1.BeginSignInRequest;
import org.almonry.identity.v1.BeginSignInResponse;
import org.almonry.identity.v1.EndSessionRequest;
import org.almonry.identity.v1.EndSessionResponse;
import org.almonry.identity.v1.InviteUserRequest;
import org.almonry.identity.v1.InviteUserResponse;
import org.almonry.identity.v1.LinkNotUsable;
import org.almonry.identity.v1.ListUsersRequest;
import org.almonry.identity.v1.ListUsersResponse;
import org.almonry.identity.v1.RedeemLinkRequest;
import org.almonry.identity.v1.RedeemLinkResponse;
import org.almonry.identity.v1.Role;
import org.almonry.identity.v1.Session;
import org.almonry.identity.v1.SetUserDisabledRequest;
import org.almonry.identity.v1.SetUserDisabledResponse;
import org.almonry.identity.v1.SignInServiceGrpc.SignInServiceImplBase;
import org.almonry.identity.v1.User;
import org.almonry.identity.v1.UserServiceGrpc.UserServiceImplBase;
import org.almonry.identity.v1.WhoAmIRequest;
import org.almonry.identity.v1.WhoAmIResponse;
import org.almonry.wire.Caller;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Sign-in with links that are good once, and three people.
public final class FakeIdentity extends SignInServiceImplBase {

    /// A link that gives the session of the caller's gateway.
    public static final String LINK = "a-link-that-is-good-once-0123456789";

    public final List<BeginSignInRequest> begun = new CopyOnWriteArrayList<>();
    public final List<String> ended = new CopyOnWriteArrayList<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final FakeUsers users = new FakeUsers();

    /// Makes the link good again.
    public void renewLink() {
        used.clear();
    }

    /// Whether the link was used.
    public boolean isLinkUsed() {
        return used.contains(LINK);
    }

    FakeUsers users() {
        return users;
    }

    /// What was asked of the people.
    public List<Object> userRequests() {
        return users.requests;
    }

    @Override
    public void beginSignIn(BeginSignInRequest request, StreamObserver<BeginSignInResponse> out) {
        begun.add(request);
        out.onNext(BeginSignInResponse.getDefaultInstance());
        out.onCompleted();
    }

    @Override
    public void redeemLink(RedeemLinkRequest request, StreamObserver<RedeemLinkResponse> out) {
        var answer = RedeemLinkResponse.newBuilder();
        if (request.getToken().equals(LINK) && used.add(LINK)) {
            boolean admin = Caller.current() instanceof Caller.Service service
                    && service.identity().equals("admin/admin");
            answer.setSession(Session.newBuilder()
                    .setToken(admin ? CoreFixture.ADMIN : CoreFixture.MEMBER)
                    .setUser(user(admin ? "usr_1" : "usr_3")));
        } else {
            answer.setLinkNotUsable(LinkNotUsable.getDefaultInstance());
        }
        out.onNext(answer.build());
        out.onCompleted();
    }

    @Override
    public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> out) {
        var caller = (Caller.User) Caller.current();
        out.onNext(WhoAmIResponse.newBuilder()
                .setUser(user(caller.userId()))
                .addAllPermissions(caller.permissions())
                .build());
        out.onCompleted();
    }

    @Override
    public void endSession(EndSessionRequest request, StreamObserver<EndSessionResponse> out) {
        ended.add(Caller.current().actor());
        out.onNext(EndSessionResponse.getDefaultInstance());
        out.onCompleted();
    }

    static User user(String id) {
        var user = User.newBuilder()
                .setId(id)
                .setCreatedAt(Timestamp.newBuilder().setSeconds(1_795_000_000));
        return switch (id) {
            case "usr_1" ->
                user.setDisplayName("Ada Admin")
                        .setEmail("ada@almonry.test")
                        .setRole(Role.ROLE_PLATFORM_ADMIN)
                        .build();
            case "usr_2" ->
                user.setDisplayName("Bo Books")
                        .setEmail("bo@almonry.test")
                        .setRole(Role.ROLE_ACCOUNTANT)
                        .build();
            default ->
                user.setDisplayName("Mira Member")
                        .setEmail("mira@almonry.test")
                        .setRole(Role.ROLE_USER)
                        .build();
        };
    }

    /// The people.
    static final class FakeUsers extends UserServiceImplBase {

        final List<Object> requests = new CopyOnWriteArrayList<>();

        @Override
        public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> out) {
            var all = new ArrayList<User>();
            for (String id : List.of("usr_3", "usr_2", "usr_1")) {
                all.add(user(id));
            }
            out.onNext(ListUsersResponse.newBuilder().addAllUsers(all).build());
            out.onCompleted();
        }

        @Override
        public void inviteUser(InviteUserRequest request, StreamObserver<InviteUserResponse> out) {
            requests.add(request);
            out.onNext(InviteUserResponse.newBuilder().setUser(user("usr_3")).build());
            out.onCompleted();
        }

        @Override
        public void setUserDisabled(
                SetUserDisabledRequest request, StreamObserver<SetUserDisabledResponse> out) {
            requests.add(request);
            out.onNext(
                    SetUserDisabledResponse.newBuilder().setUser(user("usr_3")).build());
            out.onCompleted();
        }
    }
}
