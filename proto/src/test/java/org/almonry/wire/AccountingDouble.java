package org.almonry.wire;

import io.grpc.stub.StreamObserver;

import org.almonry.accounting.v1.AccountingServiceGrpc;
import org.almonry.accounting.v1.ListProvidersRequest;
import org.almonry.accounting.v1.ListProvidersResponse;
import org.almonry.accounting.v1.UploadStatementRequest;
import org.almonry.accounting.v1.UploadStatementResponse;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// An accounting service of the tests that says who calls and counts parts.
final class AccountingDouble extends AccountingServiceGrpc.AccountingServiceImplBase {
    final BlockingQueue<String> uploads = new LinkedBlockingQueue<>();

    @Override
    public void listProviders(
            ListProvidersRequest request, StreamObserver<ListProvidersResponse> observer) {
        var response = ListProvidersResponse.newBuilder();
        response.addProvidersBuilder().setName(Caller.currentUser().userId());
        observer.onNext(response.build());
        observer.onCompleted();
    }

    @Override
    public StreamObserver<UploadStatementRequest> uploadStatement(
            StreamObserver<UploadStatementResponse> observer) {
        return new StreamObserver<>() {
            private int parts;

            @Override
            public void onNext(UploadStatementRequest part) {
                parts++;
            }

            @Override
            public void onError(Throwable thrown) {
                uploads.add("broken off after " + parts);
            }

            @Override
            public void onCompleted() {
                observer.onNext(UploadStatementResponse.getDefaultInstance());
                observer.onCompleted();
            }
        };
    }
}
