package org.almonry.webkit;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// The static files of a process. They are named one by one, read and hashed at start, and
/// served under `/assets/<hash>/<name>` for ever; nothing outside the list can be asked
/// for.
public final class Assets {

    private static final List<String> STYLE = List.of(
            "css/tokens.css",
            "css/base.css",
            "css/layout.css",
            "css/component.css",
            "css/print.css");

    private static final List<String> COMMON =
            List.of("js/enhance.js", "js/live.js", "js/copy.js", "icon.svg", "favicon.svg");

    private final Map<String, Asset> byName = new LinkedHashMap<>();

    private record Asset(
            String name, byte[] bytes, byte[] zipped, String type, String hash, String integrity) {}

    /// The files of the kit: one style sheet, the small modules, the icons.
    public Assets() {
        var style = new ByteArrayOutputStream();
        for (String part : STYLE) {
            style.writeBytes(read("/static/" + part));
        }
        put("css/almonry.css", style.toByteArray());
        COMMON.forEach(this::add);
    }

    /// Adds `/static/<name>` of the class path.
    public Assets add(String name) {
        return add(name, "/static/" + name);
    }

    /// Adds a resource under another name, such as a script out of a WebJar.
    public Assets add(String name, String resource) {
        put(name, read(resource));
        return this;
    }

    /// The address of a file; it changes with its content.
    public String url(String name) {
        Asset asset = need(name);
        return "/assets/" + asset.hash() + "/" + name;
    }

    /// The value of an `integrity` attribute.
    public String integrity(String name) {
        return need(name).integrity();
    }

    /// Routes the files.
    public void route(HttpRules rules) {
        rules.get("/assets/{hash}/{+name}", this::serve);
    }

    private void serve(ServerRequest request, ServerResponse response) {
        var path = request.path().pathParameters();
        Asset asset = byName.get(path.get("name"));
        if (asset == null || !asset.hash().equals(path.get("hash"))) {
            throw Problem.notFound();
        }
        response.headers().set(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");
        send(request, response, asset);
    }

    /// Sends a file by its name under another address and with the caller's cache rule.
    public void send(ServerRequest request, ServerResponse response, String name) {
        send(request, response, need(name));
    }

    private static void send(ServerRequest request, ServerResponse response, Asset asset) {
        response.headers().set(HeaderNames.CONTENT_TYPE, asset.type());
        response.headers().set(HeaderNames.VARY, "Accept-Encoding");
        String accepted = request.headers().first(HeaderNames.ACCEPT_ENCODING).orElse("");
        if (accepted.contains("gzip")) {
            response.headers().set(HeaderNames.CONTENT_ENCODING, "gzip");
            response.send(asset.zipped());
        } else {
            response.send(asset.bytes());
        }
    }

    private Asset need(String name) {
        Asset asset = byName.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("no asset " + name);
        }
        return asset;
    }

    private void put(String name, byte[] bytes) {
        String hash = HexFormat.of().formatHex(digest("SHA-256", bytes), 0, 8);
        String integrity = "sha384-" + Base64.getEncoder().encodeToString(digest("SHA-384", bytes));
        byName.put(name, new Asset(name, bytes, zip(bytes), typeOf(name), hash, integrity));
    }

    private static String typeOf(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "png" -> "image/png";
            default -> throw new IllegalArgumentException("no media type for " + name);
        };
    }

    private static byte[] read(String resource) {
        try (@Nullable InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is part of every JDK", e);
        }
    }

    private static byte[] zip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return out.toByteArray();
    }
}
