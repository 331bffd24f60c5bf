package org.almonry.core;

import static java.util.Objects.requireNonNull;

import org.almonry.wire.Secret;

/// How one role reaches one database.
public record DatabaseConfig(String url, String user, Secret password, int poolSize) {
    /// PostgreSQL's default allows 100 connections to all processes together.
    public static final int POOL_SIZE_MAX = 80;

    public DatabaseConfig {
        requireNonNull(url, "url is null");
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        if (poolSize < 1 || poolSize > POOL_SIZE_MAX) {
            throw new IllegalArgumentException("pool size is not in 1.." + POOL_SIZE_MAX);
        }
    }
}
