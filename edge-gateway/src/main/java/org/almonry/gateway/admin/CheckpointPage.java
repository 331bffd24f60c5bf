package org.almonry.gateway.admin;

import org.almonry.ledger.v1.Checkpoint;
import org.almonry.ledger.v1.GetCheckpointResponse;

import java.util.List;

/// A checkpoint, and that the newest one continues it.
///
/// @param path hashes that show it; empty if this is the newest
/// @param broken why it cannot be shown; empty otherwise
public record CheckpointPage(
        GetCheckpointResponse found, Checkpoint newest, List<String> path, String broken) {
    public CheckpointPage {
        path = List.copyOf(path);
    }

    /// Whether nothing was signed after it.
    public boolean isNewest() {
        return found.getCheckpoint().getSize() == newest.getSize();
    }
}
