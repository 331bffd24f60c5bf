package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.almonry.directory.Project;
import org.almonry.directory.Projects;
import org.almonry.money.Currency;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/// The coins that a booking moves money between. A coin's id never changes, so ids are
/// remembered: a batch of thousands of lines asks once per project. A project that receives
/// a currency for the first time gets a coin of that currency; nothing is converted
/// (C-082a).
final class Coins {
    private final Projects projects;
    private final ToLongFunction<String> incomingOfAccount;
    private final Map<String, Long> incoming = new ConcurrentHashMap<>();
    private final Map<ProjectCoin, Long> ofProjects = new ConcurrentHashMap<>();
    private final Map<Currency, Long> overheads = new ConcurrentHashMap<>();

    /// `incomingOfAccount` knows the incoming coin of each account (`acc_…`).
    Coins(Projects projects, ToLongFunction<String> incomingOfAccount) {
        this.projects = requireNonNull(projects, "projects is null");
        this.incomingOfAccount = requireNonNull(incomingOfAccount, "incomingOfAccount is null");
    }

    private record ProjectCoin(String projectId, Currency currency) {}

    long incoming(String accountId) {
        return incoming.computeIfAbsent(accountId, incomingOfAccount::applyAsLong);
    }

    long project(Project project, Currency currency) {
        return ofProjects.computeIfAbsent(
                new ProjectCoin(project.id(), currency), key -> projects.coin(project, currency));
    }

    long overhead(Currency currency) {
        return overheads.computeIfAbsent(currency, projects::overheadCoin);
    }
}
