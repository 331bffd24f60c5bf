package org.almonry.process;

import org.almonry.ledger.v1.TimelineItem;
import org.almonry.wire.TimeCodec;

import java.util.Locale;

/// Processes as messages of almonry.ledger.v1.
final class ProcessCodec {
    private ProcessCodec() {}

    static org.almonry.ledger.v1.BusinessProcess process(BusinessProcess process) {
        return org.almonry.ledger.v1.BusinessProcess.newBuilder()
                .setId(process.id())
                .setKind(process.kind())
                .setState(process.state())
                .setSubject(process.subject())
                .setOpenedBy(process.openedBy())
                .setOpenedAt(TimeCodec.toProto(process.openedAt()))
                .build();
    }

    static TimelineItem item(Timeline.Item item) {
        return TimelineItem.newBuilder()
                .setAt(TimeCodec.toProto(item.at()))
                .setKind(item.kind().name().toLowerCase(Locale.ROOT))
                .setText(item.text())
                .setRef(item.ref())
                .setActor(item.actor())
                .build();
    }
}
