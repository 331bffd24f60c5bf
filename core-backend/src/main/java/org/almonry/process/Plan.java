package org.almonry.process;

import org.almonry.commission.Calculation;
import org.almonry.commission.Level;
import org.almonry.ledger.Operation;
import org.almonry.money.Currency;
import org.almonry.money.Money;

import java.util.ArrayList;
import java.util.List;

/// Where the money of a request goes, to the minor unit, as it was promised: fixed when the
/// request is made, so that what is booked later is what was calculated (K-056).
///
/// Pure: it turns into operations of the ledger. A coin that has no part is 0. The transit
/// coin is empty again after each list of operations that touches it (K-035).
///
/// @param shares commissions, each with the coin that takes it
record Plan(
        ProcessKind.Way way,
        long minor,
        long sender,
        long receiver,
        long transit,
        long issuing,
        List<Share> shares) {
    Plan {
        shares = List.copyOf(shares);
    }

    /// For a request that moves nothing by itself.
    static final Plan NONE = new Plan(ProcessKind.Way.NONE, 0, 0, 0, 0, 0, List.of());

    /// One level's commission, and the coin that takes it.
    record Share(Level level, String earner, long coin, long sender, long receiver) {}

    Calculation calculation(Currency currency) {
        return new Calculation(
                new Money(minor, currency),
                shares.stream()
                        .map(share -> new Calculation.Part(
                                share.level(), share.earner(), share.sender(), share.receiver()))
                        .toList());
    }

    /// Sets aside what the sender will be charged: first the amount, then each commission.
    /// Nothing where the money comes from outside.
    List<Operation> reserve() {
        var operations = new ArrayList<Operation>();
        if (sender != 0) {
            operations.add(new Operation.Authorize(sender, target(), minor, null));
            for (var share : shares) {
                if (share.sender() > 0) {
                    operations.add(new Operation.AuthorizeCommission(
                            sender, share.coin(), share.sender(), null));
                }
            }
        }
        return operations;
    }

    /// Moves all of it at once, nothing having been set aside.
    List<Operation> move() {
        var operations = new ArrayList<Operation>();
        switch (way) {
            case ENTERS -> {
                operations.add(new Operation.Issue(issuing, transit, minor + senderPart()));
                operations.add(new Operation.Transfer(transit, receiver, minor));
                shareOut(operations, transit, receiver);
            }
            case MOVES -> {
                operations.add(new Operation.Transfer(sender, receiver, minor));
                shareOut(operations, sender, receiver);
            }
            case LEAVES -> {
                operations.add(new Operation.Transfer(sender, transit, minor));
                shareOut(operations, sender, transit);
                leave(operations);
            }
            case PAYS -> {
                for (var share : shares) {
                    operations.add(
                            new Operation.Commission(sender, share.coin(), share.receiver()));
                }
            }
            case NONE -> throw new IllegalStateException("nothing is moved by this plan");
        }
        return operations;
    }

    /// Takes what was set aside, in the order of [#reserve], and goes on from there.
    List<Operation> capture(List<Long> holds) {
        if (sender == 0) {
            throw new IllegalStateException("nothing is set aside by this plan");
        }
        var operations = new ArrayList<Operation>();
        operations.add(new Operation.Capture(holds.getFirst(), target(), minor, false));
        int next = 1;
        for (var share : shares) {
            if (share.sender() > 0) {
                operations.add(new Operation.Capture(
                        holds.get(next++), share.coin(), share.sender(), false));
            }
        }
        if (next != holds.size()) {
            throw new IllegalStateException("a hold is left over");
        }
        for (var share : shares) {
            if (share.receiver() > 0) {
                operations.add(new Operation.Commission(target(), share.coin(), share.receiver()));
            }
        }
        if (way == ProcessKind.Way.LEAVES) {
            leave(operations);
        }
        return operations;
    }

    /// Gives back what was set aside.
    static List<Operation> release(List<Long> holds) {
        return holds.stream().<Operation>map(Operation.Reverse::new).toList();
    }

    private long target() {
        return way == ProcessKind.Way.LEAVES ? transit : receiver;
    }

    private void shareOut(List<Operation> operations, long paying, long receiving) {
        for (var share : shares) {
            if (share.sender() > 0) {
                operations.add(new Operation.Commission(paying, share.coin(), share.sender()));
            }
            if (share.receiver() > 0) {
                operations.add(new Operation.Commission(receiving, share.coin(), share.receiver()));
            }
        }
    }

    /// What is left in transit goes back to the issuer; a commission may have taken all.
    private void leave(List<Operation> operations) {
        long left = minor - shares.stream().mapToLong(Share::receiver).sum();
        if (left > 0) {
            operations.add(new Operation.Redeem(transit, issuing, left));
        }
    }

    private long senderPart() {
        return shares.stream().mapToLong(Share::sender).sum();
    }
}
