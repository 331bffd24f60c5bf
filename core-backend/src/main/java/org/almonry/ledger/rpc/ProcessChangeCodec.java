package org.almonry.ledger.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.almonry.ledger.process.ProcessChange;
import org.almonry.ledger.v1.Posting;

import java.util.List;

/// What postings do to business processes.
final class ProcessChangeCodec {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ProcessChangeCodec() {}

    /// Who opens a process is the caller, whatever the request says.
    static List<ProcessChange> changes(Posting posting, String actor) {
        return posting.getProcessesList().stream()
                .map(each -> change(each, actor))
                .toList();
    }

    private static ProcessChange change(org.almonry.ledger.v1.ProcessChange it, String actor) {
        return switch (it.getKindCase()) {
            case OPEN -> {
                var open = it.getOpen();
                yield new ProcessChange.Open(
                        open.getProcessId(),
                        open.getProcessKind(),
                        open.getState(),
                        open.getSubject(),
                        object(open.getDetailsJson()),
                        actor);
            }
            case ADVANCE -> {
                var advance = it.getAdvance();
                yield new ProcessChange.Advance(
                        advance.getProcessId(),
                        advance.getExpectedState(),
                        advance.getNewState(),
                        advance.getDetail());
            }
            case KIND_NOT_SET -> throw LedgerCodec.invalid("processes", "says nothing", null);
        };
    }

    /// The database takes JSON that has no NUL in it, and only then.
    private static String object(String json) {
        if (json.isEmpty()) {
            return "{}";
        }
        try {
            if (JSON.readTree(json).isObject() && !json.contains("\\u0000")) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw LedgerCodec.invalid("details_json", "is no JSON", e);
        }
        throw LedgerCodec.invalid("details_json", "is no JSON object", null);
    }
}
