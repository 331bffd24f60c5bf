package org.almonry.wire;

import com.google.protobuf.Timestamp;

import java.time.Instant;

/// Time in code as time on the wire.
public final class TimeCodec {
    private TimeCodec() {}

    public static Timestamp toProto(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
