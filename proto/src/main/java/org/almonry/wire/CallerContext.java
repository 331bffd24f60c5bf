package org.almonry.wire;

import io.grpc.Context;

/// Where the interceptors leave the caller for the handlers.
final class CallerContext {
    static final Context.Key<Caller> KEY = Context.key("almonry-caller");

    private CallerContext() {}
}
