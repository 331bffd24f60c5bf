package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.StreamObserver;

import org.almonry.accounting.v1.UploadHeader;
import org.almonry.accounting.v1.UploadStatementRequest;
import org.almonry.accounting.v1.UploadStatementResponse;
import org.almonry.error.v1.Reason;
import org.almonry.idempotency.Idempotency;
import org.almonry.idempotency.Request;
import org.almonry.wire.Caller;
import org.almonry.wire.Failure;
import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One upload on its way in: the header first, then the bytes. What breaks off leaves
/// nothing. The key stands for header and content together, so that a form sent twice gets
/// the same answer.
final class UploadRpc implements StreamObserver<UploadStatementRequest> {
    private final Uploads uploads;
    private final Idempotency idempotency;
    private final StreamObserver<UploadStatementResponse> answer;
    private final String actor = Caller.current().actor();
    private final MessageDigest digest = sha256();
    private String key = "";
    private Uploads.@Nullable Receiving receiving;

    UploadRpc(
            Uploads uploads,
            Idempotency idempotency,
            StreamObserver<UploadStatementResponse> answer) {
        this.uploads = uploads;
        this.idempotency = idempotency;
        this.answer = answer;
    }

    @Override
    public void onNext(UploadStatementRequest part) {
        boolean taken = false;
        try {
            switch (part.getPartCase()) {
                case HEADER -> begin(part.getHeader());
                case CHUNK -> write(part.getChunk().toByteArray());
                case PART_NOT_SET -> throw outOfOrder();
            }
            taken = true;
        } finally {
            if (!taken) {
                forget();
            }
        }
    }

    private void begin(UploadHeader header) {
        if (receiving != null) {
            throw outOfOrder();
        }
        key = header.getIdempotencyKey();
        digest.update(header.toByteArray());
        receiving = uploads.receive(
                header.getFilename(),
                header.hasCsv() ? FetchCodec.decode(header.getCsv()) : null,
                actor);
    }

    private void write(byte[] chunk) {
        if (receiving == null) {
            throw outOfOrder();
        }
        digest.update(chunk);
        receiving.write(chunk);
    }

    @Override
    public void onError(Throwable cause) {
        forget();
    }

    @Override
    public void onCompleted() {
        if (receiving == null) {
            throw outOfOrder();
        }
        var whole = requireNonNull(receiving);
        try {
            var request = new Request(
                    actor + "/UploadStatement", key, HexFormat.of().formatHex(digest.digest()));
            answer.onNext(idempotency.resumable(
                    request,
                    UploadStatementResponse.parser(),
                    operation -> FetchCodec.encode(whole.finish())));
            answer.onCompleted();
        } finally {
            forget();
        }
    }

    /// Deletes what was not finished; a finished file stays.
    private void forget() {
        if (receiving != null) {
            receiving.close();
        }
    }

    private static Failure outOfOrder() {
        return new Failure(
                Reason.INVALID_ARGUMENT, "An upload is a header and then the bytes of the file.");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
