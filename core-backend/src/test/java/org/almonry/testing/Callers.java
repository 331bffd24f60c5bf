package org.almonry.testing;

import org.almonry.wire.Caller;

import java.util.Set;
import java.util.concurrent.Callable;

/// Runs code on behalf of somebody, as the wire does.
public final class Callers {
    private Callers() {}

    public static <T> T as(Caller caller, Callable<T> work) {
        try {
            return Caller.context(caller).call(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static void run(Caller caller, Runnable work) {
        Caller.context(caller).run(work);
    }

    public static Caller job() {
        return new Caller.System("test");
    }

    public static Caller user(String id) {
        return new Caller.User(id, "ses_1", "admin/admin", Set.of());
    }
}
