package org.almonry.gateway.testing;

import static org.almonry.gateway.testing.Money.eur;

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
import org.almonry.error.v1.Reason;
import org.almonry.type.v1.PageInfo;
import org.almonry.wire.Failure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// One project with gifts on two pages.
public final class FakeMembers extends ProjectServiceImplBase {

    public final List<SuggestMatchRequest> suggested = new CopyOnWriteArrayList<>();

    private static MyProject otters() {
        return MyProject.newBuilder()
                .setId("prj_1")
                .setName("Otter rescue")
                .setReceived(eur(125_000))
                .setBalance(eur(112_500))
                .setGoal(eur(500_000))
                .setRole("admin")
                .build();
    }

    @Override
    public void listMyProjects(
            ListMyProjectsRequest request, StreamObserver<ListMyProjectsResponse> out) {
        out.onNext(ListMyProjectsResponse.newBuilder().addProjects(otters()).build());
        out.onCompleted();
    }

    @Override
    public void getMyProject(
            GetMyProjectRequest request, StreamObserver<GetMyProjectResponse> out) {
        if (!request.getProjectId().equals("prj_1")) {
            throw new Failure(Reason.NOT_FOUND, "There is no such project.");
        }
        var answer = GetMyProjectResponse.newBuilder()
                .setProject(otters())
                .addOthers(MyProject.newBuilder().setId("prj_2").setName("Clean banks"));
        if (request.getPage().getToken().isEmpty()) {
            answer.addGifts(gift("gft_1", "2026-11-20", 2500, "Nets"))
                    .addGifts(gift("gft_2", "2026-11-19", 5000, "").toBuilder().setSuggested(true))
                    .setPage(PageInfo.newBuilder().setNextToken("second+page"));
        } else {
            answer.addGifts(gift("gft_3", "2026-11-18", 1000, ""));
        }
        out.onNext(answer.build());
        out.onCompleted();
    }

    private static Gift gift(String id, String date, long minor, String milestone) {
        return Gift.newBuilder()
                .setId(id)
                .setDate(date)
                .setAmount(eur(minor))
                .setMilestone(milestone)
                .build();
    }

    @Override
    public void suggestMatch(
            SuggestMatchRequest request, StreamObserver<SuggestMatchResponse> out) {
        suggested.add(request);
        out.onNext(SuggestMatchResponse.getDefaultInstance());
        out.onCompleted();
    }
}
