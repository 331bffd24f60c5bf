package org.almonry.wire;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.almonry.error.v1.Reason;

import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// Sends what is written into it as pieces of a server stream, no faster than the other
/// side takes them: a large export never piles up in memory.
public final class ChunkStream<R> extends OutputStream {
    /// A piece fits a message of the wire with room to spare.
    private static final int CHUNK = 64 * 1024;

    /// Between two looks at whether the other side takes more; its own signal comes on the
    /// thread that writes here.
    private static final Duration LOOK = Duration.ofMillis(2);

    private final ServerCallStreamObserver<R> answer;
    private final Function<ByteString, R> message;
    private final byte[] buffer = new byte[CHUNK];
    private int used;

    /// @param answer that of a server stream
    /// @param message makes the message that carries a piece
    public ChunkStream(StreamObserver<R> answer, Function<ByteString, R> message) {
        this.answer = (ServerCallStreamObserver<R>) requireNonNull(answer, "answer is null");
        this.message = requireNonNull(message, "message is null");
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
        answer.onNext(message.apply(ByteString.copyFrom(buffer, 0, used)));
        used = 0;
    }
}
