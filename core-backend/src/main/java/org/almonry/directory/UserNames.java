package org.almonry.directory;

import java.util.Collection;
import java.util.Map;

/// Names of users for display. The identity database has them; the directory only asks.
@FunctionalInterface
public interface UserNames {
    /// Names by user id; unknown ids are left out.
    Map<String, String> namesOf(Collection<String> userRefs);
}
