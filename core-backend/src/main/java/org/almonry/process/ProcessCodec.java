package org.almonry.process;

import org.almonry.ledger.rpc.LedgerCodec;
import org.almonry.ledger.v1.TimelineItem;

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
                .setOpenedAt(LedgerCodec.timestamp(process.openedAt()))
                .build();
    }

    static TimelineItem item(Timeline.Item item) {
        return TimelineItem.newBuilder()
                .setAt(LedgerCodec.timestamp(item.at()))
                .setKind(item.kind().name().toLowerCase(Locale.ROOT))
                .setText(item.text())
                .setRef(item.ref())
                .setActor(item.actor())
                .build();
    }
}
