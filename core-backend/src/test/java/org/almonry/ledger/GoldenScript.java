package org.almonry.ledger;

import org.almonry.commission.Calculation;
import org.almonry.commission.Direction;
import org.almonry.commission.Formula;
import org.almonry.commission.Level;
import org.almonry.commission.RoundingRule;
import org.almonry.ledger.Operation.Authorize;
import org.almonry.ledger.Operation.AuthorizeCommission;
import org.almonry.ledger.Operation.Balance;
import org.almonry.ledger.Operation.Capture;
import org.almonry.ledger.Operation.Commission;
import org.almonry.ledger.Operation.Correction;
import org.almonry.ledger.Operation.Hold;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Merge;
import org.almonry.ledger.Operation.Move;
import org.almonry.ledger.Operation.Redeem;
import org.almonry.ledger.Operation.Reverse;
import org.almonry.ledger.Operation.Split;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.money.Currency;
import org.almonry.money.Money;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The language of the golden scripts. A line is a request; operations are parted by `;`:
///
/// ```
/// coin NAME KIND [in=USD] [of=ISSUER]      opens a coin (EUR of "hoster" unless said)
/// freeze C, thaw C, close C, limit C N     register; period [ISSUER] DAY closes a period
/// clock N, restart                         seconds on or back; a new writer
/// batch … end                              the requests between go in one batch
/// [id=A on=DAY forward process=P] OP; OP   options of a request; DAY is today or today-N
/// issue|redeem|transfer|commission FROM TO N
/// correct TXN KIND FROM TO N               split FROM NAME KIND N     merge FROM TO
/// balance C N                              hold C N                   reverse HOLD
/// authorize|authorize-commission FROM TO|- N [until=N]    N seconds from now
/// capture HOLD N [to=C] [keep]             open P STATE               advance P FROM TO
/// pay FROM TO N FEES KIND SIDE [MILLIONTHS] [N]   with the commission of that formula
/// ```
///
/// Amounts are in the minor unit, or `max`; transactions and holds count from 1.
final class GoldenScript {
    private static final String MAX = "max";

    private final GoldenBooks books;
    private final Map<String, UUID> ids = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private List<String> batch = List.of();
    private boolean inBatch;

    GoldenScript(GoldenBooks books) {
        this.books = books;
    }

    /// What the lines of a script lead to, line by line.
    List<String> run(List<String> script) throws InterruptedException {
        for (var line : script) {
            if (!line.isBlank() && !line.startsWith("#")) {
                line(line.strip());
            }
        }
        return told;
    }

    private void line(String line) throws InterruptedException {
        var words = line.split(" +");
        switch (words[0]) {
            case "coin" -> {
                var options = options(words, 3);
                books.open(
                        words[1],
                        CoinKind.valueOf(words[2]),
                        Currency.of(options.getOrDefault("in", "EUR")),
                        options.getOrDefault("of", "hoster"));
            }
            case "freeze" -> tell(line, books.register.freeze(books.id(words[1]), true));
            case "thaw" -> tell(line, books.register.freeze(books.id(words[1]), false));
            case "close" -> tell(line, books.register.closeCoin(books.id(words[1])));
            case "limit" ->
                tell(line, books.register.setCreditLimit(books.id(words[1]), minor(words[2])));
            case "period" -> {
                var issuer = books.issuer(words.length == 3 ? words[1] : "hoster");
                books.register.closePeriod(issuer, day(words[words.length - 1]), "usr_1");
            }
            case "clock" -> books.pass(Long.parseLong(words[1]));
            case "restart" -> books.restart();
            case "batch" -> {
                inBatch = true;
                batch = new ArrayList<>();
            }
            case "end" -> {
                inBatch = false;
                post(batch);
            }
            default -> {
                if (inBatch) {
                    batch.add(line);
                } else {
                    post(List.of(line));
                }
            }
        }
    }

    private void tell(String line, boolean done) {
        told.add(line + "  => " + (done ? "done" : "not done"));
    }

    private void post(List<String> lines) throws InterruptedException {
        var results = books.post(lines.stream().map(this::request).toList());
        for (int i = 0; i < lines.size(); i++) {
            told.add((lines.size() > 1 ? "| " : "") + lines.get(i) + "  => " + results.get(i));
        }
    }

    private PostRequest request(String line) {
        var options = Map.<String, String>of();
        var rest = line;
        if (line.startsWith("[")) {
            int end = line.indexOf(']');
            options = options(line.substring(1, end).split(" +"), 0);
            rest = line.substring(end + 1);
        }
        var operations = new ArrayList<Operation>();
        var processes = new ArrayList<ProcessChange>();
        for (var part : rest.split(";")) {
            var words = part.strip().split(" +");
            switch (words[0]) {
                case "open" ->
                    processes.add(new ProcessChange.Open(
                            books.process(words[1]), "BOOKING", words[2], "", "{}", "usr_1"));
                case "advance" ->
                    processes.add(new ProcessChange.Advance(
                            books.process(words[1]), words[2], words[3], ""));
                case "pay" -> operations.addAll(pay(words));
                default -> operations.add(operation(words));
            }
        }
        var name = options.get("id");
        var id = name == null
                ? books.requestId()
                : ids.computeIfAbsent(name, _ -> books.requestId());
        var process = options.get("process");
        return new PostRequest(
                id,
                process == null ? null : books.process(process),
                day(options.getOrDefault("on", "today")),
                operations,
                processes,
                List.of(),
                List.of(),
                options.containsKey("forward"));
    }

    /// A transfer with what package `commission` computes for it: the sender's part first.
    private List<Operation> pay(String... words) {
        long fees = books.id(words[4]);
        var amount = new Money(minor(words[3]), Currency.of("EUR"));
        int first = words.length > 7 ? Integer.parseInt(words[7]) : 0;
        Formula formula = switch (words[5]) {
            case "zero" -> new Formula.Zero();
            case "percent" -> new Formula.Percent(first);
            case "fixed" -> new Formula.Fixed(first);
            case "greater" -> new Formula.Greater(first, minor(words[8]));
            case "lesser" -> new Formula.Lesser(first, minor(words[8]));
            case "both" -> new Formula.FixedAndPercent(first, minor(words[8]));
            default -> throw new IllegalArgumentException("no formula: " + words[5]);
        };
        var calculation = commission(amount, formula, Direction.valueOf(words[6]));
        var operations = new ArrayList<Operation>();
        if (calculation.feeOfSender().minor() > 0) {
            operations.add(new Commission(
                    books.id(words[1]), fees, calculation.feeOfSender().minor()));
        }
        operations.add(new Transfer(books.id(words[1]), books.id(words[2]), amount.minor()));
        if (calculation.feeOfReceiver().minor() > 0) {
            operations.add(new Commission(
                    books.id(words[2]), fees, calculation.feeOfReceiver().minor()));
        }
        return operations;
    }

    private static Calculation commission(Money amount, Formula formula, Direction direction) {
        long commission = formula.of(amount.minor(), RoundingRule.HALF_AWAY_FROM_ZERO);
        long receiver = switch (direction) {
            case OUT -> 0;
            case IN -> commission;
            case SHARED -> commission / 2;
        };
        var part = new Calculation.Part(Level.SYSTEM, "fees", commission - receiver, receiver);
        return new Calculation(amount, List.of(part));
    }

    private Operation operation(String... words) {
        return switch (words[0]) {
            case "issue", "redeem", "transfer", "commission" -> move(words);
            case "correct" ->
                new Correction(
                        (Move) move(Arrays.copyOfRange(words, 2, words.length)),
                        books.number(words[1]));
            case "split" -> {
                var from = books.coin(words[1]);
                var into = new NewCoin(
                        from == null ? books.issuer("hoster") : from.issuerId(),
                        from == null ? Currency.of("EUR") : from.currency(),
                        CoinKind.valueOf(words[3]),
                        words[2],
                        words[2]);
                books.expect(into);
                yield new Split(books.id(words[1]), into, minor(words[4]));
            }
            case "merge" -> new Merge(books.id(words[1]), books.id(words[2]));
            case "balance" -> new Balance(books.id(words[1]), minor(words[2]));
            case "hold" -> new Hold(books.id(words[1]), minor(words[2]));
            case "authorize" ->
                new Authorize(
                        books.id(words[1]), books.id(words[2]), minor(words[3]), until(words));
            case "authorize-commission" ->
                new AuthorizeCommission(
                        books.id(words[1]), books.id(words[2]), minor(words[3]), until(words));
            case "capture" -> {
                var options = options(words, 3);
                yield new Capture(
                        books.number(words[1]),
                        books.id(options.getOrDefault("to", "-")),
                        minor(words[2]),
                        options.containsKey("keep"));
            }
            case "reverse" -> new Reverse(books.number(words[1]));
            default -> throw new IllegalArgumentException("no operation: " + words[0]);
        };
    }

    private Operation move(String... words) {
        long source = books.id(words[1]);
        long destination = books.id(words[2]);
        long minor = minor(words[3]);
        return switch (words[0]) {
            case "issue" -> new Issue(source, destination, minor);
            case "redeem" -> new Redeem(source, destination, minor);
            case "transfer" -> new Transfer(source, destination, minor);
            case "commission" -> new Commission(source, destination, minor);
            default -> throw new IllegalArgumentException("no move: " + words[0]);
        };
    }

    private Instant until(String... words) {
        var until = options(words, 4).get("until");
        return until == null ? null : books.clock.instant().plusSeconds(Long.parseLong(until));
    }

    private LocalDate day(String text) {
        int minus = text.indexOf('-');
        return minus < 0
                ? books.today()
                : books.today().minusDays(Long.parseLong(text.substring(minus + 1)));
    }

    private static long minor(String text) {
        if (text.startsWith(MAX)) {
            return text.equals(MAX)
                    ? Long.MAX_VALUE
                    : Long.MAX_VALUE + Long.parseLong(text.substring(MAX.length()));
        }
        return Long.parseLong(text);
    }

    private static Map<String, String> options(String[] words, int from) {
        var options = new HashMap<String, String>();
        for (int i = from; i < words.length; i++) {
            var parts = words[i].split("=", 2);
            options.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return options;
    }
}
