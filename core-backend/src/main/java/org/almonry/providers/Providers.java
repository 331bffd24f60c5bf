package org.almonry.providers;

import org.almonry.providers.bank.BankProvider;
import org.almonry.providers.sandbox.SandboxProvider;
import org.almonry.wire.Config;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The configured providers, in the order of the configuration. An explicit list; nothing
/// is found by scanning.
public final class Providers {
    private final Map<String, Provider> byName = new LinkedHashMap<>();

    public Providers(List<Provider> providers) {
        for (var each : providers) {
            if (byName.put(each.name(), each) != null) {
                throw new IllegalArgumentException("two providers are named " + each.name());
            }
        }
    }

    /// Builds the providers that `providers` lists, each from its section
    /// `providers.<name>`.
    public static Providers configured(Config config, Clock clock) {
        var accounts = NewAccount.configured(config);
        var result = new LinkedHashMap<String, Provider>();
        for (var name : config.list("providers")) {
            var section = config.section("providers." + name);
            var numbers = accounts.stream()
                    .filter(each -> each.provider().equals(name))
                    .map(NewAccount::identification)
                    .distinct()
                    .toList();
            var provider = switch (section.text("kind")) {
                case BankProvider.KIND -> BankProvider.configured(name, section, clock);
                case SandboxProvider.KIND -> SandboxProvider.configured(name, numbers, section);
                default -> throw section.refused("kind", "is no kind of provider");
            };
            if (result.put(name, provider) != null) {
                throw config.refused("providers", "names " + name + " twice");
            }
        }
        return new Providers(List.copyOf(result.values()));
    }

    /// The provider of a name.
    public Optional<Provider> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// All providers.
    public List<Provider> all() {
        return List.copyOf(byName.values());
    }
}
