package org.almonry.wire;

import static java.util.Objects.requireNonNull;

import io.grpc.Context;

import java.util.Set;

/// On whose behalf the running code acts. The wire sets it for each call from the
/// certificate and the session; jobs set it themselves. No request carries it: what a
/// gateway claims about people counts for nothing.
public sealed interface Caller {
    /// The name for logs and audit: "service:edge/widgets", "usr_…" or "job:fetch".
    String actor();

    /// A process that calls on its own account (sign-in, public data).
    record Service(String identity) implements Caller {
        public Service {
            requireNonNull(identity, "identity is null");
        }

        @Override
        public String actor() {
            return "service:" + identity;
        }
    }

    /// A signed-in person who calls through a process.
    record User(String userId, String sessionId, String identity, Set<String> permissions)
            implements Caller {
        public User {
            requireNonNull(userId, "userId is null");
            requireNonNull(sessionId, "sessionId is null");
            requireNonNull(identity, "identity is null");
            permissions = Set.copyOf(permissions);
        }

        /// Whether the person may do what the permission names.
        public boolean may(String permission) {
            return permissions.contains(permission);
        }

        @Override
        public String actor() {
            return userId;
        }
    }

    /// A job of the core itself.
    record System(String job) implements Caller {
        public System {
            requireNonNull(job, "job is null");
        }

        @Override
        public String actor() {
            return "job:" + job;
        }
    }

    /// The caller of the running call. Code that runs for nobody is a bug, so there is no
    /// empty answer.
    static Caller current() {
        var caller = CallerContext.KEY.get();
        if (caller == null) {
            throw new IllegalStateException("no caller in this context");
        }
        return caller;
    }

    /// The signed-in person of the running call; fails with SIGN_IN_NEEDED for any other
    /// caller.
    static User currentUser() {
        return switch (current()) {
            case User user -> user;
            case Service _, System _ ->
                throw new Failure(org.almonry.error.v1.Reason.SIGN_IN_NEEDED, "Please sign in.");
        };
    }

    /// A context in which [#current] answers this caller, for jobs:
    /// `Caller.context(caller).run(…)`.
    static Context context(Caller caller) {
        return Context.current()
                .withValue(CallerContext.KEY, requireNonNull(caller, "caller is null"));
    }
}
