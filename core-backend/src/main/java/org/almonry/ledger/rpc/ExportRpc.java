package org.almonry.ledger.rpc;

import com.google.protobuf.ByteString;

import io.grpc.stub.ServerCallStreamObserver;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.v1.ExportJournalResponse;
import org.almonry.wire.Failure;

import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Sends what is written into it as pieces of a server stream, no faster than the other
/// side takes them: a large export never piles up in memory.
final class ExportRpc extends OutputStream {
    /// A piece fits a message of the wire with room to spare.
    private static final int CHUNK = 64 * 1024;

    /// Between two looks at whether the other side takes more; its own signal comes on the
    /// thread that writes here.
    private static final Duration LOOK = Duration.ofMillis(2);

    private final ServerCallStreamObserver<ExportJournalResponse> answer;
    private final byte[] buffer = new byte[CHUNK];
    private int used;

    ExportRpc(ServerCallStreamObserver<ExportJournalResponse> answer) {
        this.answer = answer;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, CHUNK - used);
            System.arraycopy(bytes, at, buffer, used, taken);
            used += taken;
            at += taken;
            left -= taken;
            if (used == CHUNK) {
                send();
            }
        }
    }

    /// Sends what is left; writers do this once, at their end.
    @Override
    public void flush() {
        if (used > 0) {
            send();
        }
    }

    private void send() {
        while (!answer.isReady() && !answer.isCancelled()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        if (answer.isCancelled()) {
            throw new Failure(Reason.TOO_LATE, "The export was not taken in time.");
        }
        answer.onNext(ExportJournalResponse.newBuilder()
                .setChunk(ByteString.copyFrom(buffer, 0, used))
                .build());
        used = 0;
    }
}
