package org.almonry.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.almonry.audit.AuditEntry;
import org.almonry.audit.AuditLog;
import org.junit.jupiter.api.Test;

import java.time.Clock;

class TestDatabaseTest {
    @Test
    void eachTestHasItsOwnDatabases() {
        try (var one = TestDatabase.fresh();
                var other = TestDatabase.fresh()) {
            var audit = new AuditLog(one.accounting(), Clock.systemUTC());
            audit.append(new AuditEntry("job:test", "", "Try", "tst_1", "ok", ""));
            assertEquals(1, audit.page("", "", Long.MAX_VALUE, 10).size());
            var others = new AuditLog(other.accounting(), Clock.systemUTC());
            assertEquals(0, others.page("", "", Long.MAX_VALUE, 10).size());
        }
    }
}
