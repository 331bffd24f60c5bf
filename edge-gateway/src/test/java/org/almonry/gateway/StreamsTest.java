package org.almonry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.accounting.v1.ConfirmImportRequest;
import org.almonry.accounting.v1.FetchState;
import org.almonry.accounting.v1.StartFetchRequest;
import org.almonry.accounting.v1.UploadHeader;
import org.almonry.gateway.testing.CoreFixture;
import org.almonry.gateway.testing.PageCheck;
import org.almonry.gateway.testing.Samples;
import org.almonry.gateway.testing.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/// Uploads that stream in, progress that streams out.
class StreamsTest {

    private static final String ADMIN = CoreFixture.ADMIN;
    private static final String BOUNDARY = "----boundary7d1";

    private static CoreFixture core;
    private static Site site;

    @BeforeAll
    static void start() {
        core = new CoreFixture();
        site = new Site(core, Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        site.close();
        core.close();
    }

    @BeforeEach
    void forget() {
        core.accounting.requests.clear();
        core.accounting.standings.clear();
    }

    /// C-012: one click, one run; all providers, all runs.
    @Test
    void fetchNowGoesToTheRun() {
        var one = site.submit("/providers", "/providers/demo-bank/fetch", ADMIN);
        assertEquals("/runs/run_01", one.headers().firstValue("Location").orElse(""));
        var request =
                assertInstanceOf(StartFetchRequest.class, core.accounting.requests.getFirst());
        assertEquals("demo-bank", request.getProvider());
        var all = site.submit("/providers", "/providers/fetch", ADMIN);
        assertEquals("/runs", all.headers().firstValue("Location").orElse(""));
    }

    @Test
    void aRunningPageRefreshesWithoutAScriptAndAFinishedOneDoesNot() {
        String running = site.get("/runs/run_01", ADMIN).body();
        assertTrue(running.contains(
                "<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>"));
        assertTrue(running.contains("<live-log src=\"/runs/run_01/events?lang=en\">"));
        String done = site.get("/runs/run_done", ADMIN).body();
        assertFalse(done.contains("http-equiv"));
        assertTrue(done.contains("Statement 4711: 3 entries are missing."));
    }

    @Test
    void progressComesAsEventsUntilTheRunIsDone() {
        core.accounting.standings.add(Samples.run(FetchState.FETCH_STATE_RUNNING).toBuilder()
                .setPages(4)
                .build());
        core.accounting.standings.add(Samples.run(FetchState.FETCH_STATE_SUCCEEDED).toBuilder()
                .setPages(5)
                .build());
        var answer = site.get("/runs/run_01/events?lang=en", ADMIN, "Accept", "text/event-stream");
        assertEquals(200, answer.statusCode());
        assertTrue(answer.headers()
                .firstValue("Content-Type")
                .orElse("")
                .startsWith("text/event-stream"));
        String events = answer.body();
        int third = events.indexOf("3 pages · 212 entries");
        int fourth = events.indexOf("4 pages · 212 entries");
        int done = events.indexOf("event:done");
        assertTrue(third >= 0 && third < fourth && fourth < done, events);
        assertTrue(events.contains("\"pages\":\"5\""), events);
    }

    @Test
    void progressOfAStrangerIsNotTold() {
        var answer = site.get("/runs/run_01/events", "", "Accept", "text/event-stream");
        assertFalse(answer.body().contains("pages"), answer.body());
    }

    /// C-019: a file streams through in chunks that the contract allows; the preview comes
    /// before anything is kept.
    @Test
    void aLargeFileStreamsThroughInSmallChunks() {
        long size = 40L * 1024 * 1024;
        var answer = upload(csrf(), "statement.xml", zeros(size));
        assertEquals(200, answer.statusCode(), answer.body());
        PageCheck.check("preview", answer);
        assertEquals(
                size,
                core.accounting.chunks.stream().mapToLong(Integer::longValue).sum());
        assertTrue(core.accounting.chunks.stream().allMatch(chunk -> chunk <= 256 * 1024));
        var header = assertInstanceOf(UploadHeader.class, core.accounting.requests.getFirst());
        assertEquals("statement.xml", header.getFilename());
        assertFalse(header.hasCsv());
        assertTrue(answer.body().contains("The statement before it is missing."));

        String form = Site.form(answer.body(), "/imports/confirm");
        var done = site.post(
                "/imports/confirm",
                ADMIN,
                "csrf",
                Site.hidden(form, "csrf"),
                "key",
                Site.hidden(form, "key"),
                "upload_id",
                "upl_1");
        assertEquals(200, done.statusCode());
        PageCheck.check("imported", done);
        assertTrue(done.body().contains("New: 3. Known before: 1. Booked at once: 2."));
        assertInstanceOf(ConfirmImportRequest.class, core.accounting.requests.getLast());
    }

    @Test
    void aRefusedFileSaysWhereAndKeepsTheMapping() {
        var answer = upload(
                csrf(),
                "konto.csv",
                bytes("broken;file"),
                "booking_date",
                "Buchungstag",
                "separator",
                ";");
        assertEquals(422, answer.statusCode());
        PageCheck.check("refused", answer);
        assertTrue(
                answer.body().contains("In line 17: the file ends inside an element"),
                answer.body());
        assertTrue(answer.body().contains("value=\"Buchungstag\""));
        var header = assertInstanceOf(UploadHeader.class, core.accounting.requests.getFirst());
        assertEquals("Buchungstag", header.getCsv().getBookingDate());
        assertEquals(";", header.getCsv().getSeparator());
    }

    @Test
    void anUploadWithAForgedTokenNeverReachesTheCore() {
        var answer = upload("forged", "statement.xml", bytes("<Document/>"));
        assertEquals(403, answer.statusCode());
        assertTrue(core.accounting.requests.isEmpty());
    }

    @Test
    void anUploadWithoutAFileSaysSo() {
        var answer = upload(csrf(), "", bytes(""));
        assertEquals(422, answer.statusCode());
        assertTrue(answer.body().contains("Please choose a file."));
    }

    @Test
    void aPathInTheFileNameIsDropped() {
        upload(csrf(), "C:\\private\\konto.sta", bytes(":20:x"));
        var header = assertInstanceOf(UploadHeader.class, core.accounting.requests.getFirst());
        assertEquals("konto.sta", header.getFilename());
    }

    private static String csrf() {
        return Site.hidden(Site.form(site.get("/imports", ADMIN).body(), "/imports"), "csrf");
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Zeros that exist nowhere.
    private static InputStream zeros(long size) {
        return new InputStream() {
            private long left = size;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int some = (int) Math.min(length, left);
                java.util.Arrays.fill(target, offset, offset + some, (byte) 0);
                left -= some;
                return some;
            }
        };
    }

    private static HttpResponse<String> upload(
            String csrf, String filename, InputStream file, String... fields) {
        var head = new StringBuilder();
        part(head, "csrf", csrf);
        part(head, "key", "key_0123456789abcdef");
        for (int i = 0; i < fields.length; i += 2) {
            part(head, fields[i], fields[i + 1]);
        }
        head.append("--")
                .append(BOUNDARY)
                .append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
                .append(filename.replace("\\", "\\\\"))
                .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        var parts = List.of(bytes(head.toString()), file, bytes("\r\n--" + BOUNDARY + "--\r\n"));
        var body = new SequenceInputStream(Collections.enumeration(parts));
        return site.send(site.request(
                        "/imports",
                        ADMIN,
                        "Content-Type",
                        "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofInputStream(() -> body)));
    }

    private static void part(StringBuilder out, String name, String value) {
        out.append("--")
                .append(BOUNDARY)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n");
    }
}
