package org.almonry.gateway;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.almonry.type.v1.PageInfo;
import org.almonry.type.v1.PageRequest;
import org.almonry.webkit.Forms;
import org.almonry.webkit.Problem;
import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One request of one reader, as handlers see it.
public final class Visit {

    /// A permalink to an id is far shorter.
    private static final int PARAMETER_MAX = 200;

    private final ServerRequest request;
    private final ServerResponse response;
    private final Backend.Session core;
    private final View view;
    private final @Nullable Forms form;

    Visit(
            ServerRequest request,
            ServerResponse response,
            Backend.Session core,
            View view,
            @Nullable Forms form) {
        this.request = request;
        this.response = response;
        this.core = core;
        this.view = view;
        this.form = form;
    }

    /// The core, with the session of the reader.
    public Backend.Session core() {
        return core;
    }

    /// How pages are shown to this reader.
    public View view() {
        return view;
    }

    /// For streams.
    public ServerRequest request() {
        return request;
    }

    /// For streams.
    public ServerResponse response() {
        return response;
    }

    /// The posted fields.
    public Forms form() {
        if (form == null) {
            throw new IllegalStateException("not a form");
        }
        return form;
    }

    /// A part of the path; too long ones name nothing that exists.
    public String path(String name) {
        String value = request.path().pathParameters().get(name);
        if (value.length() > PARAMETER_MAX) {
            throw Problem.notFound();
        }
        return value;
    }

    /// A query parameter, without blanks around it; empty when it is missing.
    public String query(String name) {
        return request.query().first(name).orElse("").strip();
    }

    /// All values of a query parameter.
    public List<String> queries(String name) {
        return request.query().contains(name) ? request.query().all(name) : List.of();
    }

    /// The page that is asked for.
    public PageRequest page() {
        return PageRequest.newBuilder().setToken(query("page")).build();
    }

    /// The address of the next page, or empty.
    public String next(PageInfo info) {
        return info.getNextToken().isEmpty() ? "" : self(info.getNextToken());
    }

    /// The address of the first page, or empty when this is it.
    public String first() {
        return query("page").isEmpty() ? "" : self("");
    }

    /// This page's own address with another page token.
    public String self(String token) {
        var out = new StringBuilder(request.path().path());
        char separator = '?';
        for (String name : request.query().names()) {
            if (name.equals("page") || name.equals("done")) {
                continue;
            }
            for (String value : request.query().all(name)) {
                out.append(separator).append(encode(name)).append('=').append(encode(value));
                separator = '&';
            }
        }
        if (!token.isEmpty()) {
            out.append(separator).append("page=").append(encode(token));
        }
        return out.toString();
    }

    /// A value for an address.
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
