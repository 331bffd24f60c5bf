package org.almonry.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.almonry.events.DomainEvent.FetchAlarm;
import org.almonry.events.DomainEvent.FetchFinished;
import org.almonry.events.DomainEvent.GiftBooked;
import org.almonry.events.DomainEvent.GiftUndone;
import org.almonry.events.DomainEvent.LedgerHalted;
import org.almonry.events.DomainEvent.Part;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Events as JSON and back. Field names are stored for ever: a field may be added, never
/// renamed.
final class EventCodec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventCodec() {}

    static String encode(DomainEvent event) {
        var node = JSON.createObjectNode();
        switch (event) {
            case GiftBooked it -> {
                node.put("process_id", it.processId());
                gift(node, it.incomingIds(), it.pledgeId(), it.parts(), it.currency());
            }
            case GiftUndone it -> {
                node.put("process_id", it.processId());
                node.put("undone_process_id", it.undoneProcessId());
                gift(node, it.incomingIds(), it.pledgeId(), it.parts(), it.currency());
            }
            case FetchFinished it -> {
                node.put("run_id", it.runId());
                node.put("provider", it.provider());
                node.put("added", it.added());
                node.put("booked", it.booked());
                node.put("failure", it.failure());
            }
            case FetchAlarm it -> {
                node.put("provider", it.provider());
                node.put("since", it.since().toString());
            }
            case LedgerHalted it -> {
                node.put("at", it.at().toString());
                var faults = node.putArray("faults");
                it.faults().forEach(faults::add);
            }
        }
        return node.toString();
    }

    static DomainEvent decode(String type, String payload) {
        JsonNode node;
        try {
            node = JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("event of type " + type + " is no JSON", e);
        }
        return switch (type) {
            case "GiftBooked" ->
                new GiftBooked(
                        text(node, "process_id"),
                        texts(node, "incoming_ids"),
                        text(node, "pledge_id"),
                        parts(node),
                        text(node, "currency"));
            case "GiftUndone" ->
                new GiftUndone(
                        text(node, "process_id"),
                        text(node, "undone_process_id"),
                        texts(node, "incoming_ids"),
                        text(node, "pledge_id"),
                        parts(node),
                        text(node, "currency"));
            case "FetchFinished" ->
                new FetchFinished(
                        text(node, "run_id"),
                        text(node, "provider"),
                        node.path("added").asLong(),
                        node.path("booked").asLong(),
                        text(node, "failure"));
            case "FetchAlarm" ->
                new FetchAlarm(text(node, "provider"), Instant.parse(text(node, "since")));
            case "LedgerHalted" ->
                new LedgerHalted(Instant.parse(text(node, "at")), texts(node, "faults"));
            default -> throw new IllegalStateException("no event has the type " + type);
        };
    }

    private static void gift(
            ObjectNode node,
            List<String> incomingIds,
            String pledgeId,
            List<Part> parts,
            String currency) {
        var lines = node.putArray("incoming_ids");
        incomingIds.forEach(lines::add);
        node.put("pledge_id", pledgeId);
        var array = node.putArray("parts");
        for (var part : parts) {
            array.addObject()
                    .put("project_id", part.projectId())
                    .put("milestone_id", part.milestoneId())
                    .put("minor", part.minor());
        }
        node.put("currency", currency);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    private static List<String> texts(JsonNode node, String field) {
        var result = new ArrayList<String>();
        node.path(field).forEach(each -> result.add(each.asText()));
        return result;
    }

    private static List<Part> parts(JsonNode node) {
        var result = new ArrayList<Part>();
        for (var each : node.path("parts")) {
            result.add(new Part(
                    text(each, "project_id"),
                    text(each, "milestone_id"),
                    each.path("minor").asLong()));
        }
        return result;
    }
}
