package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

import io.grpc.stub.StreamObserver;

import org.almonry.directory.v1.ActivateProjectRequest;
import org.almonry.directory.v1.ActivateProjectResponse;
import org.almonry.directory.v1.AddMilestoneRequest;
import org.almonry.directory.v1.AddMilestoneResponse;
import org.almonry.directory.v1.CloseProjectRequest;
import org.almonry.directory.v1.CloseProjectResponse;
import org.almonry.directory.v1.CreateNonprofitRequest;
import org.almonry.directory.v1.CreateNonprofitResponse;
import org.almonry.directory.v1.CreateProjectRequest;
import org.almonry.directory.v1.CreateProjectResponse;
import org.almonry.directory.v1.DirectoryServiceGrpc.DirectoryServiceImplBase;
import org.almonry.directory.v1.GetProjectRequest;
import org.almonry.directory.v1.GetProjectResponse;
import org.almonry.directory.v1.ListNonprofitsRequest;
import org.almonry.directory.v1.ListNonprofitsResponse;
import org.almonry.directory.v1.ListProjectsRequest;
import org.almonry.directory.v1.ListProjectsResponse;
import org.almonry.directory.v1.SetMemberRequest;
import org.almonry.directory.v1.SetMemberResponse;
import org.almonry.directory.v1.SetOverheadRequest;
import org.almonry.directory.v1.SetOverheadResponse;
import org.almonry.error.v1.Reason;
import org.almonry.idempotency.Idempotency;
import org.almonry.idempotency.Request;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.MoneyCodec;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// almonry.directory.v1.DirectoryService.
public final class DirectoryRpc extends DirectoryServiceImplBase {
    private final Nonprofits nonprofits;
    private final Projects projects;
    private final Memberships memberships;
    private final Codes codes;
    private final UserNames userNames;
    private final Idempotency idempotency;
    private final Currency home;

    /// @param home currency of projects without a goal
    public DirectoryRpc(
            Nonprofits nonprofits,
            Projects projects,
            Memberships memberships,
            Codes codes,
            UserNames userNames,
            Idempotency idempotency,
            Currency home) {
        this.nonprofits = requireNonNull(nonprofits, "nonprofits is null");
        this.projects = requireNonNull(projects, "projects is null");
        this.memberships = requireNonNull(memberships, "memberships is null");
        this.codes = requireNonNull(codes, "codes is null");
        this.userNames = requireNonNull(userNames, "userNames is null");
        this.idempotency = requireNonNull(idempotency, "idempotency is null");
        this.home = requireNonNull(home, "home is null");
    }

    @Override
    public void listNonprofits(
            ListNonprofitsRequest request, StreamObserver<ListNonprofitsResponse> answer) {
        var response = ListNonprofitsResponse.newBuilder();
        nonprofits.all().forEach(each -> response.addNonprofits(DirectoryCodec.nonprofit(each)));
        send(answer, response.build());
    }

    @Override
    public void createNonprofit(
            CreateNonprofitRequest request, StreamObserver<CreateNonprofitResponse> answer) {
        once(
                "CreateNonprofit",
                request.getIdempotencyKey(),
                request,
                CreateNonprofitResponse.parser(),
                answer,
                () -> CreateNonprofitResponse.newBuilder()
                        .setNonprofit(DirectoryCodec.nonprofit(nonprofits.create(
                                request.getSlug(),
                                request.getName(),
                                request.getAccountHolder(),
                                request.getSitesList())))
                        .build());
    }

    @Override
    public void listProjects(
            ListProjectsRequest request, StreamObserver<ListProjectsResponse> answer) {
        var response = ListProjectsResponse.newBuilder();
        projects.all().forEach(each -> response.addProjects(encode(each)));
        send(answer, response.build());
    }

    @Override
    public void getProject(GetProjectRequest request, StreamObserver<GetProjectResponse> answer) {
        send(
                answer,
                GetProjectResponse.newBuilder()
                        .setProject(encode(projects.get(request.getProject())))
                        .build());
    }

    @Override
    public void createProject(
            CreateProjectRequest request, StreamObserver<CreateProjectResponse> answer) {
        Money goal = request.hasGoal() ? goal(request.getGoal()) : null;
        NewProject wanted = new NewProject(
                request.getNonprofitId(),
                request.getSlug(),
                request.getName(),
                request.getSummary(),
                goal == null ? home : goal.currency(),
                goal,
                request.getOverheadBasisPoints());
        once(
                "CreateProject",
                request.getIdempotencyKey(),
                request,
                CreateProjectResponse.parser(),
                answer,
                () -> CreateProjectResponse.newBuilder()
                        .setProject(encode(projects.create(wanted)))
                        .build());
    }

    @Override
    public void activateProject(
            ActivateProjectRequest request, StreamObserver<ActivateProjectResponse> answer) {
        // The ledger commits the coin by itself.
        send(
                answer,
                idempotency.resumable(
                        request("ActivateProject", request.getIdempotencyKey(), request),
                        ActivateProjectResponse.parser(),
                        operation -> ActivateProjectResponse.newBuilder()
                                .setProject(encode(projects.activate(request.getProjectId())))
                                .build()));
    }

    @Override
    public void closeProject(
            CloseProjectRequest request, StreamObserver<CloseProjectResponse> answer) {
        once(
                "CloseProject",
                request.getIdempotencyKey(),
                request,
                CloseProjectResponse.parser(),
                answer,
                () -> CloseProjectResponse.newBuilder()
                        .setProject(encode(projects.close(request.getProjectId())))
                        .build());
    }

    @Override
    public void addMilestone(
            AddMilestoneRequest request, StreamObserver<AddMilestoneResponse> answer) {
        Money goal = request.hasGoal() ? goal(request.getGoal()) : null;
        once(
                "AddMilestone",
                request.getIdempotencyKey(),
                request,
                AddMilestoneResponse.parser(),
                answer,
                () -> {
                    var made =
                            projects.addMilestone(request.getProjectId(), request.getName(), goal);
                    return AddMilestoneResponse.newBuilder()
                            .setProject(encode(projects.get(made.projectId())))
                            .build();
                });
    }

    @Override
    public void setMember(SetMemberRequest request, StreamObserver<SetMemberResponse> answer) {
        if (userNames.namesOf(List.of(request.getUserRef())).isEmpty()) {
            throw new Failure(Reason.NOT_FOUND, "There is no such user.");
        }
        once(
                "SetMember",
                request.getIdempotencyKey(),
                request,
                SetMemberResponse.parser(),
                answer,
                () -> {
                    var project = projects.get(request.getProjectId());
                    memberships.set(
                            project.id(),
                            request.getUserRef(),
                            DirectoryCodec.role(request.getRole()));
                    return SetMemberResponse.newBuilder()
                            .setProject(encode(project))
                            .build();
                });
    }

    @Override
    public void setOverhead(
            SetOverheadRequest request, StreamObserver<SetOverheadResponse> answer) {
        once(
                "SetOverhead",
                request.getIdempotencyKey(),
                request,
                SetOverheadResponse.parser(),
                answer,
                () -> SetOverheadResponse.newBuilder()
                        .setProject(encode(projects.setOverhead(
                                request.getProjectId(), request.getOverheadBasisPoints())))
                        .build());
    }

    private org.almonry.directory.v1.Project encode(Project project) {
        List<Member> members = memberships.of(project.id());
        Map<String, String> names =
                userNames.namesOf(members.stream().map(Member::userRef).toList());
        return DirectoryCodec.project(project, projects.received(project), members, names, codes);
    }

    private static Money goal(org.almonry.type.v1.Money encoded) {
        Money goal = MoneyCodec.fromProto(encoded);
        if (!goal.isPositive()) {
            throw new Failure(
                    Reason.INVALID_ARGUMENT,
                    "A goal is more than nothing.",
                    List.of(new Failure.Violation("goal.minor", "must be positive")));
        }
        return goal;
    }

    private <A extends MessageLite> void once(
            String method,
            String key,
            MessageLite message,
            Parser<A> parser,
            StreamObserver<A> answer,
            Supplier<A> work) {
        send(answer, idempotency.once(request(method, key, message), parser, work));
    }

    private static Request request(String method, String key, MessageLite message) {
        return Request.of(Caller.current().actor(), method, key, message);
    }

    private static <A> void send(StreamObserver<A> answer, A response) {
        answer.onNext(response);
        answer.onCompleted();
    }
}
