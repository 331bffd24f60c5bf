package org.almonry.identity;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;

import org.almonry.idempotency.Idempotency;
import org.almonry.idempotency.Request;
import org.almonry.identity.v1.InviteUserRequest;
import org.almonry.identity.v1.InviteUserResponse;
import org.almonry.identity.v1.ListUsersRequest;
import org.almonry.identity.v1.ListUsersResponse;
import org.almonry.identity.v1.SetUserDisabledRequest;
import org.almonry.identity.v1.SetUserDisabledResponse;
import org.almonry.identity.v1.UserServiceGrpc.UserServiceImplBase;
import org.almonry.type.v1.PageInfo;
import org.almonry.wire.Caller;

import java.util.List;

/// almonry.identity.v1.UserService.
public final class UserRpc extends UserServiceImplBase {
    private static final int PAGE_DEFAULT = 50;

    /// Language of the first mails to a user; the sign-in form then asks in the person's
    /// own.
    private static final String LANGUAGE = "en";

    private final Users users;
    private final Idempotency idempotency;

    /// @param idempotency keys in the identity database
    public UserRpc(Users users, Idempotency idempotency) {
        this.users = requireNonNull(users, "users is null");
        this.idempotency = requireNonNull(idempotency, "idempotency is null");
    }

    @Override
    public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> answer) {
        int size = request.getPage().getSize() == 0
                ? PAGE_DEFAULT
                : request.getPage().getSize();
        List<User> page = users.page(request.getPage().getToken(), size);
        var response = ListUsersResponse.newBuilder();
        page.forEach(user -> response.addUsers(IdentityCodec.user(user)));
        if (page.size() == size) {
            response.setPage(PageInfo.newBuilder().setNextToken(page.getLast().id()));
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void inviteUser(InviteUserRequest request, StreamObserver<InviteUserResponse> answer) {
        // The audit row is in the other database, so key and work do not share a
        // transaction; an
        // address has one user however often it is invited.
        answer.onNext(idempotency.resumable(
                Request.of(
                        Caller.current().actor(),
                        "InviteUser",
                        request.getIdempotencyKey(),
                        request),
                InviteUserResponse.parser(),
                operation -> InviteUserResponse.newBuilder()
                        .setUser(IdentityCodec.user(users.invite(
                                request.getEmail(),
                                request.getDisplayName(),
                                IdentityCodec.role(request.getRole()),
                                LANGUAGE)))
                        .build()));
        answer.onCompleted();
    }

    @Override
    public void setUserDisabled(
            SetUserDisabledRequest request, StreamObserver<SetUserDisabledResponse> answer) {
        answer.onNext(idempotency.resumable(
                Request.of(
                        Caller.current().actor(),
                        "SetUserDisabled",
                        request.getIdempotencyKey(),
                        request),
                SetUserDisabledResponse.parser(),
                operation -> SetUserDisabledResponse.newBuilder()
                        .setUser(IdentityCodec.user(
                                users.setDisabled(request.getUserRef(), request.getDisabled())))
                        .build()));
        answer.onCompleted();
    }
}
