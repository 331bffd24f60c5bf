package org.almonry.wire;

import com.google.protobuf.MessageOrBuilder;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

import org.almonry.error.v1.Reason;

/// Checks every request message, also each of a stream, before the handler sees it.
final class RuleInterceptor implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onMessage(Q message) {
                if (!(message instanceof MessageOrBuilder request)) {
                    throw new IllegalStateException("a request is a protobuf message");
                }
                var violations = FieldRules.check(request);
                if (!violations.isEmpty()) {
                    throw new Failure(
                            Reason.INVALID_ARGUMENT, "The request is not valid.", violations);
                }
                super.onMessage(message);
            }
        };
    }
}
