package org.almonry.gateway;

import static java.util.Objects.requireNonNull;

import io.grpc.StatusRuntimeException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.almonry.error.v1.Reason;
import org.almonry.identity.v1.WhoAmIRequest;
import org.almonry.ledger.v1.GetCheckStateRequest;
import org.almonry.ledger.v1.LedgerHalt;
import org.almonry.webkit.Assets;
import org.almonry.webkit.Csrf;
import org.almonry.webkit.Forms;
import org.almonry.webkit.Html;
import org.almonry.webkit.Languages;
import org.almonry.webkit.Messages;
import org.almonry.webkit.Problem;
import org.almonry.webkit.ProblemPages;
import org.almonry.webkit.SessionCookie;
import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;
import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where every request is received: it finds out who reads and in which language, checks
/// the form's token, calls the handler, and turns what went wrong into a page.
///
/// Handlers are registered as [#get] and [#post] (a session is needed) or [#openGet] and
/// [#openPost] (it is not).
public final class Desk {

    private static final Html HTML = new Html("org.almonry.gateway.page");

    private final GatewayConfig config;
    private final Backend backend;
    private final Assets assets;
    private final Csrf csrf;
    private final IdSource ids;
    private final Languages languages;
    private final ProblemPages problems;
    private final SessionCookie cookie;

    Desk(GatewayConfig config, Backend backend, Assets assets, Csrf csrf, IdSource ids) {
        this.config = requireNonNull(config, "config is null");
        this.backend = requireNonNull(backend, "backend is null");
        this.assets = requireNonNull(assets, "assets is null");
        this.csrf = requireNonNull(csrf, "csrf is null");
        this.ids = requireNonNull(ids, "ids is null");
        this.languages = config.languages();
        this.problems = new ProblemPages(languages, assets, ids);
        this.cookie = new SessionCookie(config.role().sameSite());
    }

    /// Answers a request.
    @FunctionalInterface
    public interface Handler {
        /// Anything thrown becomes a page: a failure of the core by its reason, all else as
        /// a fault of ours.
        Answer handle(Visit visit);
    }

    /// An entry of the menu, for those with the permission.
    ///
    /// @param also where the pages stand that belong to it but not below its path
    /// @param group what is offered beside it while one of its pages is open
    record Entry(String path, String key, String permission, List<String> also, List<Entry> group) {
        Entry(String path, String key, String permission, String... also) {
            this(path, key, permission, List.of(also), List.of());
        }
    }

    private enum Access {
        OPEN,
        SIGNED_IN,
        /// The handler's own call carries the session, nobody is asked beforehand.
        UNASKED
    }

    /// A page for those who are signed in.
    public void get(HttpRouting.Builder routes, String path, Handler handler) {
        routes.get(
                path, (request, response) -> run(request, response, Access.SIGNED_IN, "", handler));
    }

    /// A form of those who are signed in.
    public void post(HttpRouting.Builder routes, String path, String form, Handler handler) {
        routes.post(
                path,
                (request, response) -> run(request, response, Access.SIGNED_IN, form, handler));
    }

    /// A page for everybody.
    public void openGet(HttpRouting.Builder routes, String path, Handler handler) {
        routes.get(path, (request, response) -> run(request, response, Access.OPEN, "", handler));
    }

    /// A form of everybody.
    public void openPost(HttpRouting.Builder routes, String path, String form, Handler handler) {
        routes.post(
                path, (request, response) -> run(request, response, Access.OPEN, form, handler));
    }

    /// A stream of events: the session goes to the core with the one call that the handler
    /// makes.
    public void stream(HttpRouting.Builder routes, String path, Handler handler) {
        routes.get(
                path, (request, response) -> run(request, response, Access.UNASKED, "", handler));
    }

    /// An upload: the handler reads the body, so it also calls [#checkForm].
    public void upload(HttpRouting.Builder routes, String path, Handler handler) {
        routes.post(
                path, (request, response) -> run(request, response, Access.SIGNED_IN, "", handler));
    }

    /// Checks the token of a form whose fields a handler read by itself.
    public void checkForm(ServerRequest request, String form, String token) {
        csrf.check(request, cookie.read(request).orElse(""), form, token);
    }

    private void run(
            ServerRequest request,
            ServerResponse response,
            Access access,
            String formName,
            Handler handler) {
        Reader reader = Reader.STRANGER;
        try {
            String token = cookie.read(request).orElse("");
            if (access == Access.SIGNED_IN) {
                reader = whoReads(token);
            } else if (access == Access.UNASKED) {
                reader = new Reader(token, "", "", Set.of());
            }
            Forms form = null;
            if (!formName.isEmpty()) {
                form = Forms.read(request);
                csrf.check(request, reader.token(), formName, form.text("csrf"));
            }
            View view = view(request, reader);
            var visit = new Visit(request, response, backend.session(reader.token()), view, form);
            send(request, response, view, handler.handle(visit));
        } catch (StatusRuntimeException failed) {
            fail(request, response, reader, Failure.from(failed));
        } catch (Failure failed) {
            fail(request, response, reader, failed);
        } catch (Problem problem) {
            tell(request, response, reader, problem, problem, List.of());
        }
    }

    private Reader whoReads(String token) {
        if (token.isEmpty()) {
            throw new Failure(Reason.SIGN_IN_NEEDED, "no cookie");
        }
        var who = backend.session(token).signIn().whoAmI(WhoAmIRequest.getDefaultInstance());
        return new Reader(
                token,
                who.getUser().getId(),
                who.getUser().getDisplayName(),
                Set.copyOf(who.getPermissionsList()));
    }

    private View view(ServerRequest request, Reader reader) {
        String done = request.query().first("done").orElse("");
        String path = request.path().path();
        return new View(this, LanguageChoice.of(request, languages), reader, path, done);
    }

    private void send(ServerRequest request, ServerResponse response, View view, Answer answer) {
        switch (answer) {
            case Answer.Page page -> {
                LanguageChoice.keep(request, response, view.locale());
                response.status(page.status());
                HTML.send(response, page.template(), Map.of("v", view, "page", page.model()));
            }
            case Answer.SeeOther other -> {
                response.status(Status.SEE_OTHER_303);
                response.header(HeaderNames.LOCATION, other.path());
                response.send();
            }
            case Answer.Streamed _ -> {}
        }
    }

    private void fail(
            ServerRequest request, ServerResponse response, Reader reader, Failure failed) {
        if (response.isSent()) {
            throw failed;
        }
        if (failed.reason() == Reason.SIGN_IN_NEEDED) {
            cookie.clear(response);
            response.status(Status.SEE_OTHER_303);
            response.header(HeaderNames.LOCATION, "/sign-in");
            response.send();
            return;
        }
        List<String> details = failed.violations().stream()
                .map(each -> each.field() + ": " + each.text())
                .toList();
        tell(request, response, reader, Problem.of(failed), failed, details);
    }

    /// A page inside the usual frame, so that the reader can go on.
    private void tell(
            ServerRequest request,
            ServerResponse response,
            Reader reader,
            Problem problem,
            RuntimeException thrown,
            List<String> details) {
        String incident = problems.incident(problem, thrown);
        View view = view(request, reader);
        var words = Messages.of("webkit", view.locale());
        var shown = new ArrayList<String>();
        if (!problem.detail().isEmpty()) {
            shown.add(problem.detail());
        }
        shown.addAll(details);
        var page = new ProblemPage(
                words.text("problem.title"),
                words.text("problem." + problem.key()),
                shown,
                incident,
                reader.signedIn() ? config.role().home() : "/sign-in");
        if (problem.status() == 429 || problem.status() == 503) {
            response.header(HeaderNames.RETRY_AFTER, "5");
        }
        response.status(problem.status());
        HTML.send(response, "problem", Map.of("v", view, "page", page));
    }

    // What views and the sign-in pages use.

    Backend backend() {
        return backend;
    }

    SessionCookie cookie() {
        return cookie;
    }

    ProblemPages problems() {
        return problems;
    }

    Role role() {
        return config.role();
    }

    ZoneId zone() {
        return config.zone();
    }

    String currency() {
        return config.currency();
    }

    Assets assets() {
        return assets;
    }

    Csrf csrf() {
        return csrf;
    }

    IdSource ids() {
        return ids;
    }

    Languages languages() {
        return languages;
    }

    /// Why no value moves, or null while it does. A core that does not say is no reason to
    /// show no page.
    @Nullable
    LedgerHalt halt(Reader reader) {
        if (config.role() != Role.ADMIN || !reader.permissions().contains("ledger.read")) {
            return null;
        }
        try {
            var state = backend.session(reader.token())
                    .ledgerCheck()
                    .getCheckState(GetCheckStateRequest.getDefaultInstance());
            return state.hasHalt() ? state.getHalt() : null;
        } catch (StatusRuntimeException unknown) {
            return null;
        }
    }

    List<Entry> menu() {
        return config.role() == Role.ADMIN ? Menus.ADMIN : Menus.PUBLIC;
    }
}
