package org.almonry.process;

import java.util.Set;
import java.util.TreeSet;

/// How far a process is, as history shows it (K-041). What is stored is finer: the state of
/// the request, or the word of the booking kinds; several of these are one state here (K-007).
public enum ProcessState {
    /// Stopped by a limit.
    LIMITED(Set.of()),
    /// Somebody has to decide.
    WAITING_FOR_APPROVAL(Set.of()),
    /// On its way: confirmed or approved in part, or waiting for something outside.
    PENDING(Set.of()),
    /// Refused by a person.
    DECLINED(Set.of()),
    /// Done.
    PROCESSED(Set.of("DONE", "BOOKED", "UNDONE")),
    /// The ledger would not take it; it may be repeated.
    ERROR(Set.of()),
    /// Refused for good by a check.
    REJECTED(Set.of("IGNORED"));

    private final Set<String> others;

    ProcessState(Set<String> others) {
        this.others = others;
    }

    /// The words that stand for it in `process.process`.
    Set<String> stored() {
        var words = new TreeSet<>(others);
        for (var state : RequestState.values()) {
            if (state.process() == this) {
                words.add(state.name());
            }
        }
        return words;
    }

    /// What a stored word means.
    public static ProcessState of(String stored) {
        for (var state : values()) {
            if (state.stored().contains(stored)) {
                return state;
            }
        }
        throw new IllegalArgumentException("not the state of a process: " + stored);
    }
}
