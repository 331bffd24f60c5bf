package org.almonry.widgets;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;

import org.almonry.directory.Nonprofit;
import org.almonry.directory.Nonprofits;
import org.almonry.directory.Project;
import org.almonry.directory.Projects;
import org.almonry.error.v1.Reason;
import org.almonry.giving.Basket;
import org.almonry.giving.Giving;
import org.almonry.giving.PledgeBookings;
import org.almonry.giving.PledgeResult;
import org.almonry.giving.Transfer;
import org.almonry.idempotency.Request;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.money.Currency;
import org.almonry.money.Money;
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
import org.almonry.widgets.v1.WidgetServiceGrpc.WidgetServiceImplBase;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.almonry.wire.MoneyCodec;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/// almonry.widgets.v1.WidgetService.
public final class WidgetRpc extends WidgetServiceImplBase {
    private final Nonprofits nonprofits;
    private final Projects projects;
    private final Giving giving;
    private final PledgeBookings bookings;
    private final LedgerReads reads;
    private final Clock clock;
    private final ZoneId zone;

    /// @param zone in which a week begins
    public WidgetRpc(
            Nonprofits nonprofits,
            Projects projects,
            Giving giving,
            PledgeBookings bookings,
            LedgerReads reads,
            Clock clock,
            ZoneId zone) {
        this.nonprofits = requireNonNull(nonprofits, "nonprofits is null");
        this.projects = requireNonNull(projects, "projects is null");
        this.giving = requireNonNull(giving, "giving is null");
        this.bookings = requireNonNull(bookings, "bookings is null");
        this.reads = requireNonNull(reads, "reads is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.zone = requireNonNull(zone, "zone is null");
    }

    @Override
    public void getProfile(GetProfileRequest request, StreamObserver<GetProfileResponse> answer) {
        Nonprofit nonprofit = nonprofits.get(request.getSlug());
        var profile = Profile.newBuilder()
                .setSlug(nonprofit.slug())
                .setName(nonprofit.name())
                .addAllSites(nonprofit.sites());
        projects.of(nonprofit).stream()
                .filter(Project::isActive)
                .forEach(project -> profile.addProjects(
                        WidgetCodec.project(project, nonprofit, projects.received(project))));
        answer.onNext(GetProfileResponse.newBuilder().setProfile(profile).build());
        answer.onCompleted();
    }

    @Override
    public void getProject(GetProjectRequest request, StreamObserver<GetProjectResponse> answer) {
        Project project = projects.find(request.getSlug())
                .filter(Project::isActive)
                .orElseThrow(() -> new Failure(Reason.NOT_FOUND, "There is no such project."));
        Nonprofit nonprofit = nonprofits.get(project.nonprofitId());
        var response = GetProjectResponse.newBuilder()
                .setProject(WidgetCodec.project(project, nonprofit, projects.received(project)))
                .addAllSites(nonprofit.sites());
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        var days = reads.netPerDay(
                project.coinId().orElseThrow(), CoinKind.INCOMING, Weeks.oldest(today));
        Weeks.of(days, today)
                .forEach((monday, amount) -> response.addWeeks(WidgetCodec.week(monday, amount)));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void createPledge(
            CreatePledgeRequest request, StreamObserver<CreatePledgeResponse> answer) {
        var key = Request.of(
                Caller.current().actor(), "CreatePledge", request.getIdempotencyKey(), request);
        PledgeResult result = giving.pledge(key, WidgetCodec.wanted(request));
        answer.onNext(
                switch (result) {
                    case PledgeResult.Made made ->
                        CreatePledgeResponse.newBuilder()
                                .setPledge(encode(made.pledge()))
                                .build();
                    case PledgeResult.AmountOutOfRange _,
                            PledgeResult.ProjectNotOpen _,
                            PledgeResult.CurrencyNotTaken _ -> WidgetCodec.refused(result);
                });
        answer.onCompleted();
    }

    @Override
    public void getPledge(GetPledgeRequest request, StreamObserver<GetPledgeResponse> answer) {
        var pledge = giving.byToken(request.getToken())
                .orElseThrow(() -> new Failure(Reason.NOT_FOUND, "There is no such pledge."));
        answer.onNext(GetPledgeResponse.newBuilder().setPledge(encode(pledge)).build());
        answer.onCompleted();
    }

    private Pledge encode(org.almonry.giving.Pledge pledge) {
        Transfer transfer = giving.transfer(pledge);
        List<Money> booked = bookings.of(pledge.id());
        Currency currency = pledge.basket().total().currency();
        var encoded = Pledge.newBuilder()
                .setToken(giving.token(pledge))
                .setAmount(MoneyCodec.toProto(pledge.basket().total()))
                .setAccountHolder(transfer.account().holder())
                .setIban(transfer.account().identification())
                .setBic(transfer.account().bic())
                .setReference(transfer.reference().value())
                .setCode(transfer.code())
                .setEpcPayload(transfer.epcPayload())
                .setState(
                        booked.isEmpty()
                                ? PledgeState.PLEDGE_STATE_WAITING
                                : PledgeState.PLEDGE_STATE_RECEIVED)
                .setBooked(MoneyCodec.toProto(booked.stream()
                        .filter(money -> money.currency().equals(currency))
                        .reduce(Money.zero(currency), Money::plus)))
                .setNonprofit(nonprofits.get(pledge.nonprofitId()).slug());
        for (Basket.Item item : pledge.basket().items()) {
            encoded.addItems(WidgetCodec.item(
                    projects.get(item.projectId()).slug(), item.milestoneId(), item.amount()));
        }
        return encoded.build();
    }
}
