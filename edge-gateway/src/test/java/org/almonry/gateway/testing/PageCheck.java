package org.almonry.gateway.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.regex.Pattern;

/// What holds for every page: it can be read without a mouse, without a script, by a screen
/// reader, and nothing in its markup can run.
public final class PageCheck {

    private static final Pattern FIELD = Pattern.compile("<(input|select|textarea)\\b([^>]*)>");

    private PageCheck() {}

    public static void check(String path, HttpResponse<String> answer) {
        String html = answer.body();
        assertTrue(html.startsWith("<!DOCTYPE html>"), path + " is a page:\n" + html);
        assertTrue(
                Pattern.compile("<html lang=\"[a-zA-Z-]+\" dir=\"(ltr|rtl)\">")
                        .matcher(html)
                        .find(),
                path);
        assertEquals(1, count(html, "<h1>"), path + " has one h1");
        assertEquals(1, count(html, "<main "), path + " has one main");
        assertTrue(Pattern.compile("<title>[^<]+</title>").matcher(html).find(), path);
        assertEquals(0, count(html, "<script>"), path + " has no inline script");
        assertFalse(Pattern.compile("<script(?![^>]*\\bsrc=)").matcher(html).find(), path);
        assertEquals(0, count(html, "<style"), path + " has no inline style");
        assertFalse(
                Pattern.compile("<[^>]*\\sstyle=").matcher(html).find(),
                path + " has no style attribute");
        assertFalse(
                Pattern.compile("<[^>]*\\son[a-z]+=").matcher(html).find(),
                path + " has no handler");
        fieldsAreLabelled(path, html);
        idsAreUnique(path, html);
        headers(path, answer);
    }

    private static void fieldsAreLabelled(String path, String html) {
        var fields = FIELD.matcher(html);
        while (fields.find()) {
            String attributes = fields.group(2);
            if (attributes.contains("type=\"hidden\"")) {
                continue;
            }
            var id = Pattern.compile("\\bid=\"([^\"]+)\"").matcher(attributes);
            boolean labelled = id.find()
                    ? html.contains("<label for=\"" + id.group(1) + "\"")
                    : html.lastIndexOf("<label", fields.start())
                            > html.lastIndexOf("</label>", fields.start());
            assertTrue(labelled, path + ": no label for " + fields.group());
        }
    }

    private static void idsAreUnique(String path, String html) {
        var seen = new HashSet<String>();
        var ids = Pattern.compile("\\sid=\"([^\"]+)\"").matcher(html);
        while (ids.find()) {
            assertTrue(seen.add(ids.group(1)), path + ": id twice: " + ids.group(1));
        }
    }

    private static void headers(String path, HttpResponse<String> answer) {
        String csp = header(answer, "Content-Security-Policy");
        for (String directive : new String[] {
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'"
        }) {
            assertTrue(csp.contains(directive), path + ": " + csp);
        }
        assertFalse(csp.contains("unsafe"), path + ": " + csp);
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"), path);
        assertEquals("no-store", header(answer, "Cache-Control"), path);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static int count(String html, String part) {
        return html.split(Pattern.quote(part), -1).length - 1;
    }
}
