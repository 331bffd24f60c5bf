package org.almonry.gateway.admin;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.helidon.webserver.http.HttpRouting;

import org.almonry.accounting.v1.FetchRun;
import org.almonry.accounting.v1.ListFetchRunsRequest;
import org.almonry.accounting.v1.WatchFetchRequest;
import org.almonry.accounting.v1.WatchFetchResponse;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.webkit.Problem;
import org.almonry.webkit.SseStream;
import org.almonry.wire.Failure;

import java.util.Iterator;
import java.util.Map;

/// Runs of fetching, and the live progress of one: a server stream of the core becomes
/// server-sent events. Without a script the page reloads itself every three seconds as long
/// as the run goes on.
public final class RunPages {

    private RunPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/runs", RunPages::runs);
        desk.get(routes, "/runs/{id}", RunPages::run);
        desk.stream(routes, "/runs/{id}/events", RunPages::events);
    }

    private static Answer runs(Visit visit) {
        var found = visit.core()
                .accounting()
                .listFetchRuns(ListFetchRunsRequest.newBuilder()
                        .setProvider(visit.query("provider"))
                        .setPage(visit.page())
                        .build());
        return Answer.page(
                "admin/runs",
                new RunsPage(found.getRunsList(), visit.next(found.getPage()), visit.first()));
    }

    /// The first word of the stream is the run as it stands; the rest is left to the
    /// events.
    private static Answer run(Visit visit) {
        try (var context = Context.current().withCancellation()) {
            Context before = context.attach();
            try {
                Iterator<WatchFetchResponse> words = watch(visit);
                if (!words.hasNext()) {
                    throw Problem.notFound();
                }
                return Answer.page("admin/run", new RunPage(words.next().getRun()));
            } finally {
                context.detach(before);
            }
        }
    }

    private static Iterator<WatchFetchResponse> watch(Visit visit) {
        return visit.core()
                .accounting()
                .watchFetch(WatchFetchRequest.newBuilder()
                        .setRunId(visit.path("id"))
                        .build());
    }

    private static Answer events(Visit visit) {
        try (var stream = SseStream.open(visit.request(), visit.response());
                var context = Context.current().withCancellation();
                var _ = Pulse.of(stream, context)) {
            Context before = context.attach();
            try {
                follow(visit, stream, watch(visit));
            } finally {
                context.detach(before);
            }
        } catch (StatusRuntimeException e) {
            // The stream has begun, so no page can be shown; the browser comes back by
            // itself.
            if (e.getStatus().getCode() == Status.Code.CANCELLED) {
                return new Answer.Streamed();
            }
            throw Failure.from(e);
        }
        return new Answer.Streamed();
    }

    private static void follow(Visit visit, SseStream stream, Iterator<WatchFetchResponse> words) {
        View view = visit.view();
        String line = "";
        boolean live = true;
        try {
            while (words.hasNext()) {
                FetchRun run = words.next().getRun();
                live = new RunPage(run).live();
                String facts = view.facts(run);
                if (!facts.equals(line) && !stream.send("line", facts)) {
                    return;
                }
                line = facts;
                if (!stream.send("state", json(view, run))) {
                    return;
                }
            }
        } catch (StatusRuntimeException e) {
            stream.send("line", view.t("run.lost"));
            return;
        }
        if (!live) {
            stream.send("done", "");
        }
    }

    /// Numbers as text by name; nothing in it needs escaping.
    private static String json(View view, FetchRun run) {
        var fields = Map.of(
                "pages", view.number(run.getPages()),
                "entries", view.number(run.getEntries()),
                "added", view.number(run.getAdded()),
                "duplicates", view.number(run.getDuplicates()),
                "booked", view.number(run.getBooked()));
        var out = new StringBuilder("{");
        fields.forEach((name, text) -> out.append(out.length() == 1 ? "" : ",")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(text)
                .append('"'));
        return out.append('}').toString();
    }
}
