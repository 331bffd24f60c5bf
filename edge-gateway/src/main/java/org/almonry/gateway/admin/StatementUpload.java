package org.almonry.gateway.admin;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;

import org.almonry.accounting.v1.AccountingServiceGrpc.AccountingServiceStub;
import org.almonry.accounting.v1.UploadHeader;
import org.almonry.accounting.v1.UploadStatementRequest;
import org.almonry.accounting.v1.UploadStatementResponse;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Hands a file on to the core while it arrives, in chunks of 256 KiB and never faster than
/// the core takes them: of a file of 256 MiB only a few chunks are ever in memory.
final class StatementUpload
        implements ClientResponseObserver<UploadStatementRequest, UploadStatementResponse> {

    /// As much as one message may hold by the contract.
    static final int CHUNK_BYTES = 256 * 1024;

    /// As much as a file may hold.
    static final long FILE_BYTES_MAX = 256L * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable ClientCallStreamObserver<UploadStatementRequest> call;
    private @Nullable UploadStatementResponse answer;
    private @Nullable Throwable failure;
    private boolean ended;

    private StatementUpload() {}

    /// The file is larger than the core takes.
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;
    }

    /// Sends the file and waits for what the core found. When the core answers early,
    /// because it refuses the file at its start, the rest is read and dropped: only then
    /// does the browser show the answer.
    static UploadStatementResponse send(
            AccountingServiceStub core, UploadHeader header, InputStream file) throws IOException {
        var upload = new StatementUpload();
        var requests = core.uploadStatement(upload);
        requests.onNext(UploadStatementRequest.newBuilder().setHeader(header).build());
        long sent = 0;
        while (true) {
            byte[] chunk = file.readNBytes(CHUNK_BYTES);
            if (chunk.length == 0) {
                break;
            }
            sent += chunk.length;
            if (sent > FILE_BYTES_MAX) {
                requests.onError(Status.CANCELLED.asRuntimeException());
                throw new TooLarge();
            }
            if (upload.waitUntilReady()) {
                ByteString bytes = UnsafeByteOperations.unsafeWrap(chunk);
                requests.onNext(
                        UploadStatementRequest.newBuilder().setChunk(bytes).build());
            }
        }
        return upload.finish();
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<UploadStatementRequest> stream) {
        call = stream;
        stream.setOnReadyHandler(this::wake);
    }

    /// Whether another chunk may be sent; false when the core has answered already.
    private boolean waitUntilReady() {
        lock.lock();
        try {
            while (!ended && call != null && !call.isReady()) {
                changed.awaitUninterruptibly();
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    private UploadStatementResponse finish() {
        lock.lock();
        try {
            if (!ended && call != null) {
                call.onCompleted();
            }
            // The call has a deadline, so this ends.
            while (!ended) {
                changed.awaitUninterruptibly();
            }
            if (answer != null && failure == null) {
                return answer;
            }
            throw failure instanceof StatusRuntimeException known
                    ? known
                    : Status.UNAVAILABLE.withCause(failure).asRuntimeException();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onNext(UploadStatementResponse value) {
        lock.lock();
        try {
            answer = value;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        end(thrown);
    }

    @Override
    public void onCompleted() {
        end(null);
    }

    private void end(@Nullable Throwable thrown) {
        lock.lock();
        try {
            failure = thrown;
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
