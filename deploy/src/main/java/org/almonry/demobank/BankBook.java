package org.almonry.demobank;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the demo bank knows: entries in the order they were booked, one line of JSON each,
/// so that a restarted bank still has them.
final class BankBook {

    private final Path file;
    private final Map<String, String> currencies;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, List<Payment>> entries = new LinkedHashMap<>();

    BankBook(Path file, Map<String, String> currencies) throws IOException {
        this.file = file;
        this.currencies = Map.copyOf(currencies);
        currencies.keySet().forEach(iban -> entries.put(iban, new ArrayList<>()));
        if (Files.exists(file)) {
            for (var line : Files.readAllLines(file)) {
                var payment = json.readValue(line, Payment.class);
                of(payment.iban()).add(payment);
            }
        }
    }

    boolean knows(String iban) {
        return entries.containsKey(iban);
    }

    String currency(String iban) {
        return currencies.getOrDefault(iban, "");
    }

    synchronized void book(Payment payment) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file,
                json.writeValueAsString(payment) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        of(payment.iban()).add(payment);
    }

    synchronized List<Payment> entries(String iban) {
        return List.copyOf(of(iban));
    }

    synchronized List<Payment> newest(int count) {
        var all = new ArrayList<Payment>();
        entries.values().forEach(all::addAll);
        return all.subList(Math.max(0, all.size() - count), all.size()).reversed();
    }

    private List<Payment> of(String iban) {
        var list = entries.get(iban);
        if (list == null) {
            throw new IllegalArgumentException("no account here: " + iban);
        }
        return list;
    }
}
