package org.almonry.verifier;

import java.util.Arrays;

/// A batch as its row says.
record Batch(
        long shard,
        long number,
        long epoch,
        long first,
        long transactions,
        long requests,
        long recordedAt,
        byte[] root,
        byte[] requestRoot,
        byte[] chain) {
    static final String HEADER = "shard,number,epoch,first_transaction_id,transactions,requests,"
            + "recorded_at,root,request_root,chain";

    static Batch read(CsvFile file) {
        var batch = new Batch(
                file.number(0),
                file.number(1),
                file.number(2),
                file.number(3),
                file.number(4),
                file.number(5),
                file.number(6),
                file.hash(7),
                file.hash(8),
                file.hash(9));
        if (batch.transactions < 0
                || batch.requests < 0
                || batch.first < 0
                || batch.first > Long.MAX_VALUE / 2
                || batch.transactions > Integer.MAX_VALUE
                || batch.requests > Integer.MAX_VALUE) {
            throw file.bad("has a batch that cannot be");
        }
        return batch;
    }

    /// Id after the last transaction.
    long end() {
        return first + transactions;
    }

    byte[] chainAfter(byte[] previous) {
        var leaf = new Leaves();
        leaf.begin();
        leaf.number(shard);
        leaf.number(number);
        leaf.number(epoch);
        leaf.number(first);
        leaf.number(transactions);
        leaf.number(requests);
        leaf.number(recordedAt);
        leaf.field(root);
        leaf.field(requestRoot);
        leaf.field(previous);
        var sha = Sha.digest();
        // The chain is no leaf: its bytes begin with the version.
        sha.update(leaf.bytes, 1, leaf.size() - 1);
        return sha.digest();
    }

    boolean follows(byte[] previous) {
        return Arrays.equals(chainAfter(previous), chain);
    }

    String place() {
        return "batch " + number;
    }

    Batch withNumber(long value) {
        return new Batch(
                shard,
                value,
                epoch,
                first,
                transactions,
                requests,
                recordedAt,
                root,
                requestRoot,
                chain);
    }

    Batch withEpoch(long value) {
        return new Batch(
                shard,
                number,
                value,
                first,
                transactions,
                requests,
                recordedAt,
                root,
                requestRoot,
                chain);
    }

    Batch withFirst(long value) {
        return new Batch(
                shard,
                number,
                epoch,
                value,
                transactions,
                requests,
                recordedAt,
                root,
                requestRoot,
                chain);
    }

    Batch withTransactions(long value) {
        return new Batch(
                shard, number, epoch, first, value, requests, recordedAt, root, requestRoot, chain);
    }

    Batch withRequests(long value) {
        return new Batch(
                shard,
                number,
                epoch,
                first,
                transactions,
                value,
                recordedAt,
                root,
                requestRoot,
                chain);
    }

    Batch withRecordedAt(long value) {
        return new Batch(
                shard,
                number,
                epoch,
                first,
                transactions,
                requests,
                value,
                root,
                requestRoot,
                chain);
    }

    Batch withRoots(byte[] newRoot, byte[] newRequestRoot) {
        return new Batch(
                shard,
                number,
                epoch,
                first,
                transactions,
                requests,
                recordedAt,
                newRoot,
                newRequestRoot,
                chain);
    }

    Batch withChain(byte[] value) {
        return new Batch(
                shard,
                number,
                epoch,
                first,
                transactions,
                requests,
                recordedAt,
                root,
                requestRoot,
                value);
    }
}
