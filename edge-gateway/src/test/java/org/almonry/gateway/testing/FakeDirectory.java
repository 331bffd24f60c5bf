package org.almonry.gateway.testing;

import static org.almonry.gateway.testing.Money.eur;

import com.google.protobuf.Timestamp;

import io.grpc.stub.StreamObserver;

import org.almonry.directory.v1.ActivateProjectRequest;
import org.almonry.directory.v1.ActivateProjectResponse;
import org.almonry.directory.v1.AddMilestoneRequest;
import org.almonry.directory.v1.AddMilestoneResponse;
import org.almonry.directory.v1.CreateProjectRequest;
import org.almonry.directory.v1.CreateProjectResponse;
import org.almonry.directory.v1.DirectoryServiceGrpc.DirectoryServiceImplBase;
import org.almonry.directory.v1.GetProjectRequest;
import org.almonry.directory.v1.GetProjectResponse;
import org.almonry.directory.v1.ListNonprofitsRequest;
import org.almonry.directory.v1.ListNonprofitsResponse;
import org.almonry.directory.v1.ListProjectsRequest;
import org.almonry.directory.v1.ListProjectsResponse;
import org.almonry.directory.v1.Member;
import org.almonry.directory.v1.Milestone;
import org.almonry.directory.v1.Nonprofit;
import org.almonry.directory.v1.Project;
import org.almonry.directory.v1.ProjectRole;
import org.almonry.directory.v1.ProjectState;
import org.almonry.directory.v1.SetOverheadRequest;
import org.almonry.directory.v1.SetOverheadResponse;
import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// One nonprofit with an active and a proposed project.
public final class FakeDirectory extends DirectoryServiceImplBase {

    public final List<Object> requests = new CopyOnWriteArrayList<>();

    private static final Project OTTERS = Project.newBuilder()
            .setId("prj_1")
            .setNonprofitId("npo_1")
            .setSlug("otter-rescue")
            .setName("Otter rescue")
            .setSummary("Nets, boats and a warm place.")
            .setState(ProjectState.PROJECT_STATE_ACTIVE)
            .setGoal(eur(500_000))
            .setReceived(eur(125_000))
            .setOverheadBasisPoints(1000)
            .addMilestones(Milestone.newBuilder()
                    .setId("mst_1")
                    .setName("Nets")
                    .setCode("CCT-0001237")
                    .setGoal(eur(100_000)))
            .addMembers(Member.newBuilder()
                    .setUserRef("usr_3")
                    .setDisplayName("Mira Member")
                    .setRole(ProjectRole.PROJECT_ROLE_ADMIN)
                    .setSince(Timestamp.newBuilder().setSeconds(1_795_000_000)))
            .setCoinId("coin_4")
            .setCode("CCT-0001235")
            .build();

    private static final Project BANKS = Project.newBuilder()
            .setId("prj_2")
            .setNonprofitId("npo_1")
            .setSlug("clean-banks")
            .setName("Clean banks")
            .setState(ProjectState.PROJECT_STATE_PROPOSED)
            .setReceived(eur(0))
            .build();

    @Override
    public void listNonprofits(
            ListNonprofitsRequest request, StreamObserver<ListNonprofitsResponse> out) {
        out.onNext(ListNonprofitsResponse.newBuilder()
                .addNonprofits(Nonprofit.newBuilder()
                        .setId("npo_1")
                        .setSlug("river-trust")
                        .setName("River Trust")
                        .setAccountHolder("River Trust e.V.")
                        .addSites("https://www.example.org"))
                .build());
        out.onCompleted();
    }

    @Override
    public void listProjects(
            ListProjectsRequest request, StreamObserver<ListProjectsResponse> out) {
        out.onNext(ListProjectsResponse.newBuilder()
                .addProjects(BANKS)
                .addProjects(OTTERS)
                .build());
        out.onCompleted();
    }

    @Override
    public void getProject(GetProjectRequest request, StreamObserver<GetProjectResponse> out) {
        Project found = switch (request.getProject()) {
            case "prj_1", "otter-rescue" -> OTTERS;
            case "prj_2", "clean-banks" -> BANKS;
            default -> throw new Failure(Reason.NOT_FOUND, "There is no such project.");
        };
        out.onNext(GetProjectResponse.newBuilder().setProject(found).build());
        out.onCompleted();
    }

    @Override
    public void createProject(
            CreateProjectRequest request, StreamObserver<CreateProjectResponse> out) {
        if (request.getSlug().equals("otter-rescue")) {
            throw new Failure(Reason.WRONG_STATE, "The short name is taken.");
        }
        requests.add(request);
        out.onNext(CreateProjectResponse.newBuilder().setProject(BANKS).build());
        out.onCompleted();
    }

    @Override
    public void activateProject(
            ActivateProjectRequest request, StreamObserver<ActivateProjectResponse> out) {
        throw new Failure(Reason.WRONG_STATE, "A project needs at least one member.");
    }

    @Override
    public void addMilestone(
            AddMilestoneRequest request, StreamObserver<AddMilestoneResponse> out) {
        requests.add(request);
        out.onNext(AddMilestoneResponse.newBuilder().setProject(OTTERS).build());
        out.onCompleted();
    }

    @Override
    public void setOverhead(SetOverheadRequest request, StreamObserver<SetOverheadResponse> out) {
        requests.add(request);
        out.onNext(SetOverheadResponse.newBuilder().setProject(OTTERS).build());
        out.onCompleted();
    }
}
