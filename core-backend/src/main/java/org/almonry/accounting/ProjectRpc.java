package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;

import org.almonry.accounting.v1.GetMyProjectRequest;
import org.almonry.accounting.v1.GetMyProjectResponse;
import org.almonry.accounting.v1.Gift;
import org.almonry.accounting.v1.ListMyProjectsRequest;
import org.almonry.accounting.v1.ListMyProjectsResponse;
import org.almonry.accounting.v1.MyProject;
import org.almonry.accounting.v1.ProjectServiceGrpc.ProjectServiceImplBase;
import org.almonry.accounting.v1.SuggestMatchRequest;
import org.almonry.accounting.v1.SuggestMatchResponse;
import org.almonry.directory.Projects;
import org.almonry.idempotency.Idempotency;
import org.almonry.idempotency.Request;
import org.almonry.money.Money;
import org.almonry.type.v1.PageInfo;
import org.almonry.wire.Caller;
import org.almonry.wire.MoneyCodec;

import java.util.Locale;

/// almonry.accounting.v1.ProjectService: members and their own projects.
public final class ProjectRpc extends ProjectServiceImplBase {
    private static final int PAGE_DEFAULT = 50;

    private final MemberSuggestions members;
    private final Projects projects;
    private final Idempotency idempotency;

    ProjectRpc(MemberSuggestions members, Projects projects, Idempotency idempotency) {
        this.members = requireNonNull(members, "members is null");
        this.projects = requireNonNull(projects, "projects is null");
        this.idempotency = requireNonNull(idempotency, "idempotency is null");
    }

    @Override
    public void listMyProjects(
            ListMyProjectsRequest request, StreamObserver<ListMyProjectsResponse> answer) {
        var response = ListMyProjectsResponse.newBuilder();
        members.own(user()).forEach(own -> response.addProjects(encode(own)));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void getMyProject(
            GetMyProjectRequest request, StreamObserver<GetMyProjectResponse> answer) {
        var own = members.own(user(), request.getProjectId());
        int size = request.getPage().getSize();
        var page =
                members.gifts(own, request.getPage().getToken(), size == 0 ? PAGE_DEFAULT : size);
        var response = GetMyProjectResponse.newBuilder()
                .setProject(encode(own))
                .setPage(PageInfo.newBuilder().setNextToken(page.next()));
        page.gifts()
                .forEach(seen -> response.addGifts(Gift.newBuilder()
                        .setId(seen.id())
                        .setDate(seen.gift().on().toString())
                        .setAmount(MoneyCodec.toProto(seen.gift().amount()))
                        .setMilestone(seen.milestone())
                        .setSuggested(seen.suggested())));
        members.others(own)
                .forEach(other -> response.addOthers(
                        MyProject.newBuilder().setId(other.id()).setName(other.name())));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void suggestMatch(
            SuggestMatchRequest request, StreamObserver<SuggestMatchResponse> answer) {
        String user = user();
        answer.onNext(idempotency.once(
                Request.of(user, "SuggestMatch", request.getIdempotencyKey(), request),
                SuggestMatchResponse.parser(),
                () -> {
                    members.suggest(
                            user,
                            request.getGiftId(),
                            request.getProjectId(),
                            request.getComment());
                    return SuggestMatchResponse.getDefaultInstance();
                }));
        answer.onCompleted();
    }

    private MyProject encode(MemberSuggestions.Own own) {
        var project = own.project();
        var balance = projects.findCoin(project, project.currency())
                .map(coin -> new Money(coin.balance(), coin.currency()))
                .orElse(Money.zero(project.currency()));
        var encoded = MyProject.newBuilder()
                .setId(project.id())
                .setName(project.name())
                .setReceived(MoneyCodec.toProto(projects.received(project)))
                .setBalance(MoneyCodec.toProto(balance))
                .setRole(own.role().name().toLowerCase(Locale.ROOT));
        if (project.goal() != null) {
            encoded.setGoal(MoneyCodec.toProto(project.goal()));
        }
        return encoded.build();
    }

    private static String user() {
        return Caller.currentUser().userId();
    }
}
