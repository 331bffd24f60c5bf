package org.almonry.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;

/// What holds for every page: policy, headers, structure, and that no typed or stored text
/// becomes markup.
class PageRulesTest {
    private static WidgetTesting world;
    private static String pledge;

    @BeforeAll
    static void start() throws Exception {
        world = new WidgetTesting(Map.of("languages", "en,de,en-XA,ar-XB"));
        pledge = world.give("/river-trust/otter-rescue", Map.of("amount", "25"))
                .headers()
                .firstValue("location")
                .orElseThrow();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static List<HttpResponse<String>> pages(String query) throws Exception {
        var all = new ArrayList<HttpResponse<String>>();
        for (String path : List.of(
                "/river-trust",
                "/river-trust/otter-rescue",
                "/river-trust/basket",
                "/good-vibes",
                "/empty",
                pledge,
                "/embed-guide/river-trust",
                "/embed-guide/good-vibes",
                "/hostile",
                "/hostile/hostile-project",
                "/nobody")) {
            all.add(world.get(path + query));
        }
        all.add(world.post("/river-trust/basket" + query, Map.of("amount-otter-rescue", "x")));
        all.add(world.post("/river-trust/otter-rescue" + query, Map.of("amount", "-1")));
        return all;
    }

    @Test
    void thePolicyIsExactAndNamesOnlyRegisteredSites() throws Exception {
        String before = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
                + " frame-ancestors ";
        String after = "; require-trusted-types-for 'script'; trusted-types almonry";
        String river = before + "https://river.example http://river.localhost:9000" + after;
        for (String path : List.of("/river-trust", "/river-trust/otter-rescue", pledge)) {
            assertEquals(river, csp(world.get(path)), path);
        }
        assertEquals(before + "'none'" + after, csp(world.get("/good-vibes")));
        assertEquals(before + "'none'" + after, csp(world.get("/nobody")));
        assertEquals(before + "'none'" + after, csp(world.get("/embed-guide/river-trust")));
    }

    private static String csp(HttpResponse<?> page) {
        return page.headers().firstValue("content-security-policy").orElse("");
    }

    @Test
    void noPageSetsACookieOrLoadsFromElsewhere() throws Exception {
        var address = Pattern.compile("(?:src|href|action)=\"([^\"]*)\"");
        for (var page : pages("")) {
            assertTrue(page.headers().firstValue("set-cookie").isEmpty());
            assertEquals("no-store", page.headers().firstValue("cache-control").orElse(""));
            assertEquals(
                    "nosniff",
                    page.headers().firstValue("x-content-type-options").orElse(""));
            // The guide prints markup as text.
            var matcher = address.matcher(page.body().replaceAll("(?s)<pre.*?</pre>", ""));
            while (matcher.find()) {
                String url = matcher.group(1);
                boolean own = url.startsWith("/") || url.startsWith("#");
                boolean bank = url.startsWith("http://bank.localhost:8083/");
                assertTrue(own || bank, url);
            }
        }
    }

    @Test
    void everyPageIsBuiltForAllReaders() throws Exception {
        for (String query : List.of("?lang=en", "?lang=de", "?lang=en-XA", "?lang=ar-XB")) {
            for (var page : pages(query)) {
                check(page.uri() + "", page.body());
            }
        }
    }

    private static void check(String where, String html) {
        assertEquals(1, count(html, "<h1[ >]"), where + ": one h1");
        assertTrue(html.matches("(?s).*<html lang=\"[A-Za-z-]+\" dir=\"(ltr|rtl)\">.*"), where);
        assertEquals(1, count(html, "<main[ >]"), where);
        assertEquals(0, count(html, "<style[ >]"), where);
        assertEquals(0, count(html, "\\sstyle="), where);
        assertEquals(0, count(html, "<[a-z][^>]*\\son[a-z]+="), where);
        assertEquals(0, count(html, "<script(?![^>]*\\ssrc=\"/assets/)"), where);
        assertEquals(0, count(html, "javascript:"), where);
        var ids = new HashSet<String>();
        var id = Pattern.compile("\\sid=\"([^\"]+)\"").matcher(html);
        while (id.find()) {
            assertTrue(ids.add(id.group(1)), where + ": id twice: " + id.group(1));
        }
        for (String attribute : List.of("for", "aria-describedby", "aria-labelledby")) {
            var reference = Pattern.compile("\\s" + attribute + "=\"([^\"]+)\"").matcher(html);
            while (reference.find()) {
                for (String each : reference.group(1).split(" ")) {
                    assertTrue(ids.contains(each), where + ": no element " + each);
                }
            }
        }
        labelled(where, html);
        var image = Pattern.compile("<img[^>]*>").matcher(html);
        while (image.find()) {
            assertTrue(image.group().contains(" alt=\""), where + ": " + image.group());
        }
    }

    private static void labelled(String where, String html) {
        var input = Pattern.compile("<(input|select|textarea)[^>]*>").matcher(html);
        while (input.find()) {
            String tag = input.group();
            if (tag.contains("type=\"hidden\"") || tag.contains("type=\"radio\"")) {
                continue;
            }
            var id = Pattern.compile(" id=\"([^\"]+)\"").matcher(tag);
            assertTrue(id.find(), where + ": no id: " + tag);
            assertTrue(html.contains("for=\"" + id.group(1) + "\""), where + ": no label: " + tag);
        }
    }

    private static int count(String html, String pattern) {
        return (int) Pattern.compile(pattern).matcher(html).results().count();
    }

    @Test
    void hostileNamesStayText() throws Exception {
        for (String path :
                List.of("/hostile", "/hostile/hostile-project", "/embed-guide/hostile")) {
            String html = world.get(path).body();
            assertFalse(html.contains("<script>alert"), path);
            assertFalse(html.contains("<img src=x"), path);
            assertTrue(html.contains("&lt;script"), path);
        }
        String typed = "\"><script>alert(3)</script>";
        var answer = world.post(
                "/river-trust/otter-rescue",
                Map.of("amount", typed, "name", typed, "email", typed, "form", typed));
        assertEquals(422, answer.statusCode());
        // Inside a quoted value a bracket is text; what counts is that no value ends early.
        String markup = answer.body().replaceAll("=\"[^\"]*\"", "=\"\"");
        assertFalse(markup.contains("<script>alert"), markup);
        assertTrue(answer.body().contains("value=\"&#34;>&lt;script>alert(3)"), answer.body());
        var query = world.get("/river-trust?lang=%22%3E%3Cscript%3E&view=inline&origin=%22%3E%3C");
        assertFalse(query.body().contains("\"><script>"), query.body());
        assertTrue(query.body().contains("data-parent=\"\""), query.body());
    }

    @Test
    void aFrameIsToldOnlyOfARegisteredParent() throws Exception {
        String registered = world.get("/river-trust?view=inline&origin=https%3A%2F%2Friver.example")
                .body();
        assertTrue(registered.contains("data-parent=\"https://river.example\""), registered);
        assertTrue(registered.contains("data-event=\"opened\""));
        assertTrue(registered.contains(
                "action=\"/river-trust?view=inline&amp;origin=https%3A%2F%2Friver.example\""));
        for (String origin : List.of(
                "https%3A%2F%2Fevil.example", "https%3A%2F%2Fevil.example%3B%20script-src%20*",
                "null", "https%3A%2F%2Friver.example.evil.example")) {
            String page = world.get("/river-trust?view=inline&origin=" + origin).body();
            assertTrue(page.contains("data-parent=\"\""), origin);
        }
    }

    @Test
    void aFramedGiftStaysFramed() throws Exception {
        String query = "?lang=de&view=inline&origin=https%3A%2F%2Friver.example";
        var answer = world.give("/river-trust/otter-rescue" + query, Map.of("amount", "25"));
        String location = answer.headers().firstValue("location").orElse("");
        assertTrue(location.endsWith(query), location);
        var page = world.get(location);
        assertTrue(page.body().contains("data-event=\"completed\""));
        assertTrue(page.body().contains("data-parent=\"https://river.example\""));
    }

    /// C-093: numbers stand beside the drawing.
    @Test
    void theActivityGraphHasItsTable() throws Exception {
        String html = world.get("/river-trust/otter-rescue").body();
        assertTrue(html.contains("class=\"activity\""));
        assertEquals(12, count(html, "<th scope=\"row\">"));
        assertTrue(html.contains("Bars for 12 weeks. The largest week brought €791.90."), html);
    }

    @Test
    void picturesAreWellFormedAndMayBeShownAnywhere() throws Exception {
        for (String path : List.of(
                "/goal/otter-rescue.svg",
                "/badge/otter-rescue.svg",
                "/goal/general-pot.svg",
                "/goal/hostile-project.svg",
                "/badge/hostile-project.svg",
                "/goal/otter-rescue.svg?lang=ar-XB")) {
            var picture = world.get(path);
            assertEquals(200, picture.statusCode());
            assertEquals(
                    "image/svg+xml; charset=utf-8",
                    picture.headers().firstValue("content-type").orElse(""));
            assertEquals(
                    "cross-origin",
                    picture.headers().firstValue("cross-origin-resource-policy").orElse(""));
            var document = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(
                            picture.body().strip().getBytes(StandardCharsets.UTF_8)));
            assertEquals("svg", document.getDocumentElement().getLocalName(), path);
            assertEquals(0, document.getElementsByTagNameNS("*", "script").getLength(), path);
        }
        assertTrue(world.get("/goal/otter-rescue.svg?lang=de").body().contains("6.240,00"));
    }

    @Test
    void theEmbedScriptIsSmallAndForEverySite() throws Exception {
        var script = world.get("/embed/v1.js");
        assertEquals(200, script.statusCode());
        assertTrue(script.body().getBytes(StandardCharsets.UTF_8).length < 3000);
        assertEquals(
                "*", script.headers().firstValue("access-control-allow-origin").orElse(""));
        assertTrue(script.body().contains("allow-top-navigation-by-user-activation"));
        assertFalse(script.body().contains("innerHTML"));
        String guide = world.get("/embed-guide/river-trust").body();
        String pinned = WidgetTesting.find(guide, "http://give.localhost:8081(/embed/[^/]+/v1.js)");
        var same = world.get(pinned);
        assertEquals(script.body(), same.body());
        assertTrue(same.headers().firstValue("cache-control").orElse("").contains("immutable"));
        assertTrue(guide.contains("sha384-"));
        assertFalse(guide.contains("script-src *"), "an ill-formed site is not shown");
    }

    @Test
    void aliveIsAnsweredWithoutTheCore() throws Exception {
        assertEquals(200, world.get("/livez").statusCode());
    }

    @Test
    void aFrameNeedsFewRequestsAndLittle() throws Exception {
        var page = world.get("/river-trust/otter-rescue?view=inline");
        var asset = Pattern.compile("\"(/assets/[^\"]+\\.(?:css|js))\"").matcher(page.body());
        int bytes = page.body().length() / 4;
        int requests = 1;
        while (asset.find()) {
            var answer = world.http.send(
                    java.net.http.HttpRequest.newBuilder(world.at(asset.group(1)))
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertEquals("gzip", answer.headers().firstValue("content-encoding").orElse(""));
            bytes += answer.body().length;
            requests++;
        }
        assertEquals(4, requests);
        assertTrue(bytes < 40_000, "about " + bytes + " bytes");
    }
}
