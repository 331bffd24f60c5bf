package org.almonry.bench;

import org.almonry.demo.DemoLayout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// The donation page at 50 clients, beside a static file of the same server, in alternating
/// rounds.
final class WidgetBench {

    private static final int CLIENTS = 50;
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final String GOAL = "0.3";
    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");

    private final DemoLayout layout;

    WidgetBench(DemoLayout layout) {
        this.layout = layout;
    }

    private record Round(double perSecond, double p99Ms) {}

    List<String> run() throws IOException, InterruptedException {
        var page =
                URI.create("http://127.0.0.1:" + layout.widgetPort() + "/river-trust/otter-rescue");
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var html = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
            var asset = ASSET.matcher(html.body());
            if (html.statusCode() != 200 || !asset.find()) {
                throw new IllegalStateException("the page answered " + html.statusCode());
            }
            var file = page.resolve(asset.group(1));
            measure(http, page, WARM_UP);
            measure(http, file, WARM_UP);
            var pages = new ArrayList<Round>();
            var files = new ArrayList<Round>();
            for (int i = 0; i < ROUNDS; i++) {
                pages.add(measure(http, page, ROUND));
                files.add(measure(http, file, ROUND));
            }
            var ofPage = median(pages);
            var ofFile = median(files);
            return List.of(String.format(
                    Locale.ROOT,
                    "widget page at %d clients: %.0f/s, p99 %.1f ms; static file: %.0f/s, p99 %.1f ms; "
                            + "ratio %.2f (goal: above %s)",
                    CLIENTS,
                    ofPage.perSecond(),
                    ofPage.p99Ms(),
                    ofFile.perSecond(),
                    ofFile.p99Ms(),
                    ofPage.perSecond() / ofFile.perSecond(),
                    GOAL));
        }
    }

    private static Round median(List<Round> rounds) {
        rounds.sort((a, b) -> Double.compare(a.perSecond(), b.perSecond()));
        return rounds.get(rounds.size() / 2);
    }

    private static Round measure(HttpClient http, URI address, Duration time)
            throws InterruptedException {
        var request = HttpRequest.newBuilder(address).build();
        var all = new ConcurrentLinkedQueue<long[]>();
        long end = System.nanoTime() + time.toNanos();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.submit(() -> {
                    all.add(client(http, request, end));
                    return null;
                });
            }
        }
        var nanos = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        if (all.size() < CLIENTS || nanos.length == 0) {
            throw new IllegalStateException("clients failed at " + address);
        }
        return new Round(
                nanos.length / (time.toNanos() / 1e9), nanos[(int) (nanos.length * 0.99)] / 1e6);
    }

    private static long[] client(HttpClient http, HttpRequest request, long end)
            throws IOException, InterruptedException {
        var times = new ArrayList<Long>();
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            var answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("answered " + answer.statusCode());
            }
            times.add(System.nanoTime() - begun);
        }
        return times.stream().mapToLong(Long::longValue).toArray();
    }
}
