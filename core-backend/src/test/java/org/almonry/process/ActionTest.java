package org.almonry.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.process.Action.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// K-043: the full matrix of states and actions. K-041, K-007: states of requests as states of
/// processes.
class ActionTest {
    /// Each cell: the state that follows, "released", "again", or why it is refused.
    private static final String MATRIX = """
            state                  | approve                | decline           | reject            | repeat
            limited                | released               | declined          | rejected          | again
            pending                | approved               | declined          | rejected          | NOTHING_TO_REPEAT
            waiting                | approved_by_accountant | declined          | rejected          | NOTHING_TO_REPEAT
            approved               | processed              | declined          | rejected          | NOTHING_TO_REPEAT
            approved_by_accountant | processed              | declined          | rejected          | NOTHING_TO_REPEAT
            requires_confirmation  | approved               | declined          | rejected          | NOTHING_TO_REPEAT
            declined               | ALREADY_ENDED          | ALREADY_ENDED     | ALREADY_ENDED     | ALREADY_ENDED
            rejected               | ALREADY_ENDED          | ALREADY_ENDED     | ALREADY_ENDED     | ALREADY_ENDED
            processed              | ALREADY_PROCESSED      | ALREADY_PROCESSED | ALREADY_PROCESSED | ALREADY_PROCESSED
            error                  | FAILED_BEFORE          | declined          | rejected          | again
            allowed_to_withdraw    | processed              | declined          | rejected          | again
            """;

    @Test
    void eachActionInEachStateWorksOrGivesItsError() {
        var rows = MATRIX.lines().map(line -> List.of(line.split(" *\\| *"))).toList();
        var head = rows.getFirst();
        var states = new HashSet<RequestState>();
        for (var row : rows.subList(1, rows.size())) {
            var state = RequestState.valueOf(row.getFirst().strip().toUpperCase(Locale.ROOT));
            assertTrue(states.add(state), state + " is there twice");
            for (var action : Action.values()) {
                int column = head.indexOf(action.name().toLowerCase(Locale.ROOT));
                assertEquals(
                        row.get(column).strip(), text(action.on(state)), action + " in " + state);
            }
        }
        assertEquals(RequestState.values().length, states.size());
    }

    /// No way leads out of a final state, and from every other one some action ends it.
    @ParameterizedTest
    @EnumSource(RequestState.class)
    void finalStatesAreFinalAndOthersCanEnd(RequestState state) {
        var next = new ArrayList<RequestState>();
        for (var action : Action.values()) {
            if (action.on(state) instanceof Effect.Moves moves) {
                next.add(moves.to());
            }
        }
        assertEquals(state.isFinal(), next.stream().noneMatch(RequestState::isFinal));
        assertEquals(state.isFinal(), next.isEmpty());
    }

    /// K-007: pending while the request is pending, requires confirmation, or is approved by an
    /// accountant.
    @Test
    void aProcessIsPendingWhileItsRequestIsUnderWay() {
        assertEquals(ProcessState.PENDING, RequestState.PENDING.process());
        assertEquals(ProcessState.PENDING, RequestState.REQUIRES_CONFIRMATION.process());
        assertEquals(ProcessState.PENDING, RequestState.APPROVED_BY_ACCOUNTANT.process());
        assertEquals(ProcessState.WAITING_FOR_APPROVAL, RequestState.WAITING.process());
    }

    /// Every word that may be stored means exactly one state of a process.
    @Test
    void storedWordsMeanOneState() {
        var words = new ArrayList<String>();
        for (var state : ProcessState.values()) {
            state.stored().forEach(word -> assertEquals(state, ProcessState.of(word)));
            words.addAll(state.stored());
        }
        assertEquals(words.size(), new HashSet<>(words).size());
        assertTrue(words.containsAll(List.of("DONE", "BOOKED", "WAITING", "IGNORED", "UNDONE")));
    }

    private static String text(Effect effect) {
        return switch (effect) {
            case Effect.Moves it -> it.to().name().toLowerCase(Locale.ROOT);
            case Effect.Released _ -> "released";
            case Effect.TriedAgain _ -> "again";
            case Effect.Refused it -> it.why().name();
        };
    }
}
