package org.almonry.webkit;

import static java.util.Objects.requireNonNull;

import io.grpc.StatusRuntimeException;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;

import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;

/// Turns what a handler threw into an honest page, in the reader's language, with an
/// incident id where the fault is ours. The id finds the details in the log; the page never
/// holds them.
public final class ProblemPages implements Filter {

    private static final Logger LOG = System.getLogger(ProblemPages.class.getName());
    private static final Html HTML = new Html("org.almonry.webkit.page");

    private final Languages languages;
    private final Assets assets;
    private final IdSource ids;

    /// @param ids makes the ids of incidents
    public ProblemPages(Languages languages, Assets assets, IdSource ids) {
        this.languages = requireNonNull(languages, "languages is null");
        this.assets = requireNonNull(assets, "assets is null");
        this.ids = requireNonNull(ids, "ids is null");
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        try {
            chain.proceed();
        } catch (UncheckedIOException gone) {
            throw gone;
        } catch (RuntimeException e) {
            answer(request, response, e);
        }
    }

    /// What a handler threw comes here by the server's own error handling; what a filter
    /// threw, by the catch above.
    void answer(ServerRequest request, ServerResponse response, RuntimeException thrown) {
        if (response.isSent()) {
            // A stream broke off in the middle; there is nobody left to tell.
            LOG.log(Level.DEBUG, "after the answer began", thrown);
            return;
        }
        Problem problem = problemOf(thrown);
        send(request, response, problem, incident(problem, thrown));
    }

    /// Logs a fault of ours and gives the id that finds it; empty when the reader is at
    /// fault. The core's own incident id is kept, so that one number finds both logs.
    public String incident(Problem problem, RuntimeException thrown) {
        if (problem.status() < 500) {
            return "";
        }
        String incident = thrown instanceof Failure failure
                ? failure.incident().orElseGet(() -> ids.next("flt"))
                : ids.next("flt");
        LOG.log(Level.WARNING, "incident " + incident, thrown);
        return incident;
    }

    /// Renders a problem that a handler caught by itself.
    public void send(
            ServerRequest request, ServerResponse response, Problem problem, String incident) {
        Locale locale = languages.choose(request);
        var text = Messages.of("webkit", locale);
        var page = new ProblemPage(
                text,
                assets,
                problem.status(),
                text.text("problem." + problem.key()),
                problem.detail(),
                incident);
        response.headers().clear();
        SecurityHeaders.apply(response, request.isSecure());
        response.status(problem.status());
        if (problem.status() == 429 || problem.status() == 503) {
            response.header("Retry-After", "5");
        }
        HTML.send(response, "problem", page);
    }

    private Problem problemOf(RuntimeException thrown) {
        if (thrown instanceof Problem problem) {
            return problem;
        }
        if (thrown instanceof Failure failure) {
            return Problem.of(failure);
        }
        if (thrown instanceof StatusRuntimeException status) {
            return Problem.of(Failure.from(status));
        }
        int status = switch (thrown) {
            case HttpException http -> http.status().code();
            case RequestException early -> early.status().code();
            default -> 500;
        };
        return switch (status) {
            case 404 -> Problem.notFound();
            case 405 -> Problem.of(405, "method");
            case 413 -> Problem.of(413, "too-large");
            case 415 -> Problem.of(415, "bad-request");
            default ->
                status >= 400 && status < 500 ? Problem.badRequest() : Problem.of(500, "internal");
        };
    }

    /// One sentence without markup, for answers before any page can be rendered.
    String plain(int status) {
        String key = switch (status) {
            case 404 -> "not-found";
            case 413 -> "too-large";
            case 431 -> "headers-too-large";
            case 503 -> "busy";
            default -> status < 500 ? "bad-request" : "internal";
        };
        return Messages.of("webkit", Locale.ENGLISH).text("problem." + key) + "\n";
    }

    /// What the template `problem` shows.
    public record ProblemPage(
            Messages text,
            Assets assets,
            int status,
            String sentence,
            String detail,
            String incident) {}
}
