package org.almonry.process;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

import io.grpc.stub.StreamObserver;

import org.almonry.idempotency.Idempotency;
import org.almonry.idempotency.Request;
import org.almonry.process.v1.ActOnRequestRequest;
import org.almonry.process.v1.ActOnRequestResponse;
import org.almonry.process.v1.CalculateRequestRequest;
import org.almonry.process.v1.CalculateRequestResponse;
import org.almonry.process.v1.CreateRequestRequest;
import org.almonry.process.v1.CreateRequestResponse;
import org.almonry.process.v1.GetRequestRequest;
import org.almonry.process.v1.GetRequestResponse;
import org.almonry.process.v1.ListRequestsRequest;
import org.almonry.process.v1.ListRequestsResponse;
import org.almonry.process.v1.RequestServiceGrpc.RequestServiceImplBase;
import org.almonry.process.v1.ReverseProcessRequest;
import org.almonry.process.v1.ReverseProcessResponse;
import org.almonry.type.v1.PageInfo;
import org.almonry.wire.Caller;
import org.almonry.wire.MoneyCodec;

import java.util.function.Function;

/// almonry.process.v1.RequestService. Who acts is the session's user, never a field.
public final class RequestRpc extends RequestServiceImplBase {
    private static final int PAGE_DEFAULT = 50;

    private final BusinessRequests requests;
    private final BusinessProcesses processes;
    private final Idempotency idempotency;

    public RequestRpc(
            BusinessRequests requests, BusinessProcesses processes, Idempotency idempotency) {
        this.requests = requireNonNull(requests, "requests is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.idempotency = requireNonNull(idempotency, "idempotency is null");
    }

    @Override
    public void listRequests(
            ListRequestsRequest request, StreamObserver<ListRequestsResponse> answer) {
        int size = request.getPage().getSize();
        var page = processes.history(
                RequestCodec.decode(request),
                request.getPage().getToken(),
                size == 0 ? PAGE_DEFAULT : size);
        var found =
                requests.all(page.rows().stream().map(row -> row.process().id()).toList());
        var response = ListRequestsResponse.newBuilder()
                .setPage(PageInfo.newBuilder().setNextToken(page.next()));
        page.rows().stream()
                .map(row -> requireNonNull(found.get(row.process().id())))
                .forEach(each -> response.addRequests(encode(each)));
        page.totals().forEach(total -> response.addTotals(RequestCodec.encode(total)));
        send(answer, response.build());
    }

    @Override
    public void getRequest(GetRequestRequest request, StreamObserver<GetRequestResponse> answer) {
        var found = requests.get(request.getRequestId());
        var response = GetRequestResponse.newBuilder().setRequest(encode(found));
        requests.steps(found.id()).forEach(step -> response.addSteps(RequestCodec.encode(step)));
        send(answer, response.build());
    }

    @Override
    public void calculateRequest(
            CalculateRequestRequest request, StreamObserver<CalculateRequestResponse> answer) {
        var preview = requests.calculate(
                RequestCodec.decode(request.getDetails(), ""),
                MoneyCodec.fromProto(request.getAmount()));
        send(answer, RequestCodec.encode(preview));
    }

    @Override
    public void createRequest(
            CreateRequestRequest request, StreamObserver<CreateRequestResponse> answer) {
        once(
                keyed("CreateRequest", request.getIdempotencyKey(), request),
                CreateRequestResponse.parser(),
                answer,
                operation -> {
                    var made = requests.make(
                            by(operation, request.getWhy()),
                            RequestCodec.decode(request.getDetails(), request.getWhy()),
                            MoneyCodec.fromProto(request.getAmount()),
                            request.hasExpectedTaken()
                                    ? MoneyCodec.fromProto(request.getExpectedTaken())
                                    : null);
                    return CreateRequestResponse.newBuilder()
                            .setRequest(encode(made))
                            .build();
                });
    }

    @Override
    public void actOnRequest(
            ActOnRequestRequest request, StreamObserver<ActOnRequestResponse> answer) {
        once(
                keyed("ActOnRequest", request.getIdempotencyKey(), request),
                ActOnRequestResponse.parser(),
                answer,
                operation -> {
                    var after = requests.act(
                            by(operation, request.getReason()),
                            request.getRequestId(),
                            RequestCodec.decode(request.getAction()),
                            RequestCodec.decode(request.getSeenState()));
                    return ActOnRequestResponse.newBuilder()
                            .setRequest(encode(after))
                            .build();
                });
    }

    @Override
    public void reverseProcess(
            ReverseProcessRequest request, StreamObserver<ReverseProcessResponse> answer) {
        once(
                keyed("ReverseProcess", request.getIdempotencyKey(), request),
                ReverseProcessResponse.parser(),
                answer,
                operation -> {
                    var made = requests.reverse(
                            by(operation, request.getReason()), request.getProcessId());
                    return ReverseProcessResponse.newBuilder()
                            .setRequest(encode(made))
                            .build();
                });
    }

    /// The ledger commits by itself: the key is stored first, with the operation's id.
    private <A extends MessageLite> void once(
            Request request, Parser<A> parser, StreamObserver<A> answer, Function<String, A> work) {
        send(answer, idempotency.resumable(request, parser, work));
    }

    private org.almonry.process.v1.Request encode(BusinessRequest request) {
        return RequestCodec.encode(request, requests.open(request, Caller.current()));
    }

    private static BusinessRequests.By by(String operation, String why) {
        return new BusinessRequests.By(Caller.current(), operation, why);
    }

    private static Request keyed(String method, String key, MessageLite message) {
        return Request.of(Caller.current().actor(), method, key, message);
    }

    private static <A> void send(StreamObserver<A> answer, A message) {
        answer.onNext(message);
        answer.onCompleted();
    }
}
