/// How the processes of Almonry speak with each other.
///
/// One port, gRPC over mutual TLS 1.3, P-256 keys. Who calls is the one SPIFFE URI in the
/// peer's certificate; what it may call stands in the contract itself (`rule.proto`) and is
/// read from the method descriptor, so the list that documents is the list that enforces. A
/// method without a rule keeps the server from starting.
///
/// Order of checks for each call: identity, method allow-list, deadline, size, session and
/// permission, field rules, handler, audit. A failure leaves as one `Failure` with a closed
/// `Reason`; anything else is a bug and reaches the caller as INTERNAL with an incident id
/// that finds it in the log.
@NullMarked
package org.almonry.wire;

import org.jspecify.annotations.NullMarked;
