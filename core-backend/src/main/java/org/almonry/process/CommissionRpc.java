package org.almonry.process;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

import io.grpc.stub.StreamObserver;

import org.almonry.commission.Commissions;
import org.almonry.commission.Profile;
import org.almonry.commission.Rule;
import org.almonry.error.v1.Reason;
import org.almonry.idempotency.Idempotency;
import org.almonry.idempotency.Request;
import org.almonry.limit.Limits;
import org.almonry.money.Money;
import org.almonry.process.v1.CalculateCommissionRequest;
import org.almonry.process.v1.CalculateCommissionResponse;
import org.almonry.process.v1.CommissionPrice;
import org.almonry.process.v1.CommissionServiceGrpc.CommissionServiceImplBase;
import org.almonry.process.v1.CreateProfileRequest;
import org.almonry.process.v1.CreateProfileResponse;
import org.almonry.process.v1.GetLimitUseRequest;
import org.almonry.process.v1.GetLimitUseResponse;
import org.almonry.process.v1.GetProfileRequest;
import org.almonry.process.v1.GetProfileResponse;
import org.almonry.process.v1.ListContractsRequest;
import org.almonry.process.v1.ListContractsResponse;
import org.almonry.process.v1.ListLimitsRequest;
import org.almonry.process.v1.ListLimitsResponse;
import org.almonry.process.v1.ListProfilesRequest;
import org.almonry.process.v1.ListProfilesResponse;
import org.almonry.process.v1.PutContractRequest;
import org.almonry.process.v1.PutContractResponse;
import org.almonry.process.v1.PutLimitRequest;
import org.almonry.process.v1.PutLimitResponse;
import org.almonry.process.v1.PutRuleRequest;
import org.almonry.process.v1.PutRuleResponse;
import org.almonry.type.v1.PageInfo;
import org.almonry.type.v1.PageRequest;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;

import java.util.List;
import java.util.function.Supplier;

/// almonry.process.v1.CommissionService: price lists, limits and contracts.
public final class CommissionRpc extends CommissionServiceImplBase {
    private static final int PAGE_DEFAULT = 50;

    private final Commissions commissions;
    private final Limits limits;
    private final Idempotency idempotency;
    private final BusinessRequests.Days days;

    public CommissionRpc(
            Commissions commissions,
            Limits limits,
            Idempotency idempotency,
            BusinessRequests.Days days) {
        this.commissions = requireNonNull(commissions, "commissions is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.idempotency = requireNonNull(idempotency, "idempotency is null");
        this.days = requireNonNull(days, "days is null");
    }

    @Override
    public void listProfiles(
            ListProfilesRequest request, StreamObserver<ListProfilesResponse> answer) {
        int size = size(request.getPage());
        var profiles = commissions.profiles(request.getPage().getToken(), size);
        var response = ListProfilesResponse.newBuilder();
        profiles.forEach(each -> response.addProfiles(CommissionCodec.encode(each)));
        if (profiles.size() == size) {
            response.setPage(next(profiles.getLast().id()));
        }
        send(answer, response.build());
    }

    @Override
    public void getProfile(GetProfileRequest request, StreamObserver<GetProfileResponse> answer) {
        var profile = commissions.profile(request.getProfileId());
        var response = GetProfileResponse.newBuilder().setProfile(CommissionCodec.encode(profile));
        commissions
                .rules(profile.id())
                .forEach(each -> response.addRules(CommissionCodec.encode(each)));
        limits.of(profile.id()).forEach(each -> response.addLimits(CommissionCodec.encode(each)));
        send(answer, response.build());
    }

    @Override
    public void createProfile(
            CreateProfileRequest request, StreamObserver<CreateProfileResponse> answer) {
        once(
                keyed("CreateProfile", request.getIdempotencyKey(), request),
                CreateProfileResponse.parser(),
                answer,
                () -> CreateProfileResponse.newBuilder()
                        .setProfile(CommissionCodec.encode(create(request)))
                        .build());
    }

    @Override
    public void putRule(PutRuleRequest request, StreamObserver<PutRuleResponse> answer) {
        once(
                keyed("PutRule", request.getIdempotencyKey(), request),
                PutRuleResponse.parser(),
                answer,
                () -> {
                    var response = PutRuleResponse.newBuilder();
                    put(request).forEach(rule -> response.addRules(CommissionCodec.encode(rule)));
                    return response.build();
                });
    }

    @Override
    public void putLimit(PutLimitRequest request, StreamObserver<PutLimitResponse> answer) {
        once(
                keyed("PutLimit", request.getIdempotencyKey(), request),
                PutLimitResponse.parser(),
                answer,
                () -> {
                    commissions.profile(request.getProfileId());
                    var wanted = CommissionCodec.limit(request.getLimitId(), request);
                    var put = wanted.id().isEmpty()
                            ? limits.add(wanted.scope(), wanted.bound(), wanted.isActive())
                            : limits.change(wanted);
                    return PutLimitResponse.newBuilder()
                            .setLimit(CommissionCodec.encode(put))
                            .build();
                });
    }

    @Override
    public void listContracts(
            ListContractsRequest request, StreamObserver<ListContractsResponse> answer) {
        int size = size(request.getPage());
        var token = request.getPage().getToken();
        var contracts = commissions.contracts(
                request.getOwner(), request.getProfileId(), number(token), size);
        var response = ListContractsResponse.newBuilder();
        contracts.forEach(each -> response.addContracts(CommissionCodec.encode(each)));
        if (contracts.size() == size) {
            response.setPage(next(Long.toString(contracts.getLast().number())));
        }
        send(answer, response.build());
    }

    @Override
    public void putContract(
            PutContractRequest request, StreamObserver<PutContractResponse> answer) {
        once(
                keyed("PutContract", request.getIdempotencyKey(), request),
                PutContractResponse.parser(),
                answer,
                () -> {
                    commissions.contract(
                            request.getOwner(),
                            request.getProfileId(),
                            CommissionCodec.date(request.getFrom()),
                            days.today());
                    return PutContractResponse.getDefaultInstance();
                });
    }

    @Override
    public void listLimits(ListLimitsRequest request, StreamObserver<ListLimitsResponse> answer) {
        int size = size(request.getPage());
        var found = limits.page(request.getProfileId(), request.getPage().getToken(), size);
        var response = ListLimitsResponse.newBuilder();
        found.forEach(each -> response.addLimits(CommissionCodec.encode(each)));
        if (found.size() == size) {
            response.setPage(next(found.getLast().id()));
        }
        send(answer, response.build());
    }

    @Override
    public void getLimitUse(
            GetLimitUseRequest request, StreamObserver<GetLimitUseResponse> answer) {
        var today = days.today();
        var profiles = commissions.profilesOf(request.getOwner(), today);
        var ids = profiles.stream().map(Profile::id).toList();
        var response = GetLimitUseResponse.newBuilder();
        profiles.forEach(each -> response.addProfiles(CommissionCodec.encode(each)));
        limits.uses(request.getOwner(), ids, today)
                .forEach(each -> response.addUses(CommissionCodec.encode(each)));
        send(answer, response.build());
    }

    @Override
    public void calculateCommission(
            CalculateCommissionRequest request,
            StreamObserver<CalculateCommissionResponse> answer) {
        var kind = RequestCodec.decode(request.getKind()).name();
        var currency = CommissionCodec.currency(request.getCurrency());
        var prices = request.getProfileId().isEmpty()
                ? commissions.prices(kind, request.getOwner(), currency, days.today())
                : commissions.pricesOf(request.getProfileId(), kind, currency, days.today());
        var response = CalculateCommissionResponse.newBuilder().addAllEdgesMinor(prices.edges());
        prices.profiles().forEach(each -> response.addProfiles(CommissionCodec.encode(each)));
        for (long minor : request.getAmountsMinorList()) {
            var price = CommissionPrice.newBuilder().setAmountMinor(minor);
            prices.find(new Money(minor, currency))
                    .map(RequestCodec::encode)
                    .ifPresent(price::setCalculation);
            response.addPrices(price);
        }
        send(answer, response.build());
    }

    private Profile create(CreateProfileRequest request) {
        if (request.getCopyOf().isEmpty()) {
            return commissions.make(
                    request.getName(),
                    CommissionCodec.decode(request.getLevel()),
                    request.getEarner());
        }
        var made = commissions.copy(request.getCopyOf(), request.getName());
        if (request.getWithLimits()) {
            limits.copy(request.getCopyOf(), made.id());
        }
        return made;
    }

    private List<Rule> put(PutRuleRequest request) {
        var currencies = CommissionCodec.currencies(request);
        var scope = CommissionCodec.scope(request, currencies.getFirst());
        var terms = CommissionCodec.terms(request);
        if (request.getRuleId().isEmpty()) {
            return commissions.add(currencies, scope, request.getActive(), terms);
        }
        if (currencies.size() > 1) {
            throw new Failure(Reason.INVALID_ARGUMENT, "A rule is of one currency.");
        }
        var rule = new Rule(request.getRuleId(), scope, request.getActive(), terms);
        return List.of(commissions.change(rule));
    }

    /// All of it is in one database: key, work and answer commit together.
    private <A extends MessageLite> void once(
            Request request, Parser<A> parser, StreamObserver<A> answer, Supplier<A> work) {
        send(answer, idempotency.once(request, parser, work));
    }

    private static Request keyed(String method, String key, MessageLite message) {
        return Request.of(Caller.current().actor(), method, key, message);
    }

    private static int size(PageRequest page) {
        return page.getSize() == 0 ? PAGE_DEFAULT : page.getSize();
    }

    private static long number(String token) {
        if (!token.matches("[0-9]{0,18}")) {
            throw new Failure(Reason.INVALID_ARGUMENT, "There is no such page.");
        }
        return token.isEmpty() ? Long.MAX_VALUE : Long.parseLong(token);
    }

    private static PageInfo next(String token) {
        return PageInfo.newBuilder().setNextToken(token).build();
    }

    private static <A> void send(StreamObserver<A> answer, A message) {
        answer.onNext(message);
        answer.onCompleted();
    }
}
