package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.ledger.v1.Coin;
import org.almonry.ledger.v1.ListCoinsRequest;
import org.almonry.type.v1.PageRequest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Whose coins there are, for forms that ask for a client, and which coins are somebody's.
final class Owners {

    /// Coins whose money is somebody's, and not the system's own under way.
    private static final Set<String> CLIENTS = Set.of(
            "system", "hoster", "provider", "nonprofit", "project", "member", "overhead", "pot");

    /// As many as one call gives; more are found by writing their name.
    private static final int SHOWN = 200;

    /// The core looks for no more.
    private static final int SEARCH_MAX = 60;

    private Owners() {}

    /// Coins that are somebody's and not closed, by part of their id, name or owner.
    static List<Coin> coins(Visit visit, String search) {
        if (!visit.view().may("ledger.read")) {
            return List.of();
        }
        return visit
                .core()
                .ledger()
                .listCoins(ListCoinsRequest.newBuilder()
                        .setSearch(search)
                        .setPage(PageRequest.newBuilder().setSize(SHOWN))
                        .build())
                .getCoinsList()
                .stream()
                .filter(Owners::isClients)
                .toList();
    }

    /// Whether a coin is somebody's, and can still be used.
    static boolean isClients(Coin coin) {
        return CLIENTS.contains(coin.getKind()) && !coin.getClosed();
    }

    /// Owners with the name of a coin of theirs, to choose from.
    static List<Choice> known(Visit visit) {
        var names = new LinkedHashMap<String, String>();
        coins(visit, "").forEach(each -> names.putIfAbsent(each.getOwner(), each.getName()));
        return names.entrySet().stream()
                .filter(each -> !each.getKey().isEmpty())
                .map(each -> new Choice(each.getKey(), each.getValue()))
                .toList();
    }

    /// The owner that is meant: an id as it is, or the only one whose coins the words fit. What
    /// fits nobody, or several, is noted in the form.
    static String meant(Visit visit, FormState form, String field) {
        String typed = form.value(field);
        if (typed.isEmpty() || !visit.view().may("ledger.read")) {
            return typed;
        }
        var found = typed.length() > SEARCH_MAX ? List.<Coin>of() : coins(visit, typed);
        var exact = owners(found.stream()
                .filter(each -> each.getOwner().equals(typed) || each.getName().equals(typed)));
        var meant = exact.isEmpty() ? owners(found.stream()) : exact;
        if (meant.isEmpty()) {
            form.wrong(field, visit.view().t("contract.nobody"));
            return typed;
        }
        if (meant.size() > 1) {
            form.wrong(field, visit.view().n("contract.several", meant.size()));
            return typed;
        }
        form.with(field, meant.getFirst());
        return meant.getFirst();
    }

    private static List<String> owners(Stream<Coin> coins) {
        return coins.map(Coin::getOwner)
                .filter(owner -> !owner.isEmpty())
                .distinct()
                .toList();
    }

    /// The name of an owner; empty where it is not known.
    static String name(List<Choice> known, String owner) {
        return known.stream()
                .filter(each -> each.value().equals(owner))
                .map(Choice::label)
                .findFirst()
                .orElse("");
    }
}
