package org.almonry.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// A coin: what the table says of it, and what its entries have made of it so far.
final class Coin {
    static final String HEADER = "id,issuer_id,currency,currency_scale,kind,owner,label,name,"
            + "balance,held,credit_limit,seq,opened_at,closed_at,frozen_at";

    /// Stands for the coin of a leg that is not there, and for one that is unknown.
    static final Coin NONE = new Coin();

    // What every entry needs stands first, so that it lies together.
    final long id;
    long balance;
    long held;
    long seq;

    /// The sum of its entries, whatever they say of the balance.
    long sum;

    /// Batches with entries of it, how many of these do not fit their root, and the last
    /// one that was counted.
    long batches;

    long badBatches;
    long countedBatch;
    final long closedAt;
    final long issuer;
    final long scale;
    final boolean isIssuing;
    final String currency;
    final String kind;
    final String owner;
    final long statedBalance;
    final long statedHeld;
    final long creditLimit;
    final long statedSeq;

    /// Issuer, currency and scale as they stand in a leaf. Coins that may pay each other have
    /// the same bytes.
    final byte[] sealedBook;

    /// Kind and owner as they stand in a leaf.
    final byte[] sealedOwner;

    private Coin() {
        id = 0;
        issuer = Row.NONE;
        currency = "";
        scale = Row.NONE;
        kind = "";
        owner = "";
        isIssuing = false;
        statedBalance = 0;
        statedHeld = 0;
        creditLimit = 0;
        statedSeq = 0;
        closedAt = Row.NONE;
        sealedBook = book();
        sealedOwner = owner();
    }

    /// @param before the coin of the row before, with which it shares its book if it can
    Coin(CsvFile file, Coin before) {
        id = file.number(0);
        issuer = file.number(1);
        currency = file.text(2);
        scale = file.number(3);
        kind = file.text(4);
        isIssuing = kind.equals("ISSUING");
        owner = file.text(5);
        statedBalance = file.number(8);
        statedHeld = file.number(9);
        creditLimit = file.number(10);
        statedSeq = file.number(11);
        closedAt = file.number(13, Row.NONE);
        var book = book();
        sealedBook = Arrays.equals(book, before.sealedBook) ? before.sealedBook : book;
        sealedOwner = owner();
    }

    boolean mayOverdraw() {
        return isIssuing || kind.equals("INCOMING");
    }

    String place() {
        return "coin " + id;
    }

    /// "250 minor units of EUR", with its sign.
    String money(long minor) {
        return "%+d minor units of %s".formatted(minor, currency);
    }

    private byte[] book() {
        var leaf = new Leaves();
        leaf.number(issuer);
        leaf.field(currency.getBytes(UTF_8));
        leaf.number(scale);
        return leaf.all();
    }

    private byte[] owner() {
        var leaf = new Leaves();
        leaf.field(kind.getBytes(UTF_8));
        leaf.field(owner.getBytes(UTF_8));
        return leaf.all();
    }
}
