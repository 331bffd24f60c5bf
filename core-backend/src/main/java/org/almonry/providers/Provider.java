package org.almonry.providers;

import java.util.Set;

/// A configured payment provider. What it can do is told by the interfaces that it
/// implements besides.
public interface Provider {
    /// The name in the configuration, such as "demo-bank".
    String name();

    /// The kind of adapter, such as "sandbox" or "bank".
    String kind();

    /// Words for what it can do, shown to admins, such as "fetches-statements".
    Set<String> capabilities();
}
