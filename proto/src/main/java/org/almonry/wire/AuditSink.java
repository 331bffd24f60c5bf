package org.almonry.wire;

/// Where calls of methods with `audit: true` leave their trace. If it throws, the call
/// fails: an action that cannot be recorded does not report success.
@FunctionalInterface
public interface AuditSink {
    /// One call: who, which method ("almonry.identity.v1.SignInService/RedeemLink"), "ok"
    /// or the reason, and the incident id or empty. Refused calls are recorded too.
    void record(Caller caller, String method, String outcome, String incidentOrDetail);
}
