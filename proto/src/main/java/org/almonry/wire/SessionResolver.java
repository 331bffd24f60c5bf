package org.almonry.wire;

import java.util.Optional;

/// Turns a session token into a person. The core implements it; the DMZ has nothing to
/// resolve with.
@FunctionalInterface
public interface SessionResolver {
    /// The live session of this token, if this very process identity redeemed it; a token
    /// of another gateway is as good as none.
    Optional<Caller.User> resolve(String token, String identity);
}
