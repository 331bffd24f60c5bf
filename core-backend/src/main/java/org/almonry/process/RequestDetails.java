package org.almonry.process;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/// What each kind of request must say (K-003), beside its amount. Coins are named by id. No
/// personal data: a bank account is one of ours (acc_…), and a reference is a number that
/// the bank shows.
public sealed interface RequestDetails {
    /// What a person noted, may be empty.
    String why();

    /// Creates money in a coin.
    record ClientIssue(long coin, String why) implements RequestDetails {
        public ClientIssue {
            requireNonNull(why, "why is null");
        }
    }

    /// From one coin to another.
    record ClientTransfer(long from, long to, String why) implements RequestDetails {
        public ClientTransfer {
            requireNonNull(why, "why is null");
        }
    }

    /// Takes money out of a coin.
    record Redeem(long coin, String why) implements RequestDetails {
        public Redeem {
            requireNonNull(why, "why is null");
        }
    }

    /// Money that arrives at one of our bank accounts, for a coin.
    record BankTopUp(long coin, String account, String reference, String why)
            implements RequestDetails {
        public BankTopUp {
            requireNonNull(account, "account is null");
            requireNonNull(reference, "reference is null");
            requireNonNull(why, "why is null");
        }
    }

    /// Money that leaves a coin by one of our bank accounts.
    record BankRedeem(long coin, String account, String reference, String why)
            implements RequestDetails {
        public BankRedeem {
            requireNonNull(account, "account is null");
            requireNonNull(reference, "reference is null");
            requireNonNull(why, "why is null");
        }
    }

    /// The price of a contract for a month.
    ///
    /// @param month as 2026-03
    record ContractFee(long coin, String month, String why) implements RequestDetails {
        public ContractFee {
            requireNonNull(month, "month is null");
            requireNonNull(why, "why is null");
        }
    }

    /// Takes back a process.
    record Reversal(String corrects, String why) implements RequestDetails {
        public Reversal {
            requireNonNull(corrects, "corrects is null");
            requireNonNull(why, "why is null");
        }
    }

    default ProcessKind kind() {
        return switch (this) {
            case ClientIssue _ -> ProcessKind.CLIENT_ISSUE;
            case ClientTransfer _ -> ProcessKind.CLIENT_TRANSFER;
            case Redeem _ -> ProcessKind.REDEEM;
            case BankTopUp _ -> ProcessKind.BANK_TOP_UP;
            case BankRedeem _ -> ProcessKind.BANK_REDEEM;
            case ContractFee _ -> ProcessKind.CONTRACT_FEE;
            case Reversal _ -> ProcessKind.REVERSAL;
        };
    }

    /// The coin that pays, or 0.
    default long sender() {
        return switch (this) {
            case ClientTransfer it -> it.from();
            case Redeem it -> it.coin();
            case BankRedeem it -> it.coin();
            case ContractFee it -> it.coin();
            case ClientIssue _, BankTopUp _, Reversal _ -> 0;
        };
    }

    /// The coin that receives, or 0.
    default long receiver() {
        return switch (this) {
            case ClientIssue it -> it.coin();
            case ClientTransfer it -> it.to();
            case BankTopUp it -> it.coin();
            case Redeem _, BankRedeem _, ContractFee _, Reversal _ -> 0;
        };
    }

    /// The bank account that has a part in it, or nothing.
    default String bankAccount() {
        return switch (this) {
            case BankTopUp it -> it.account();
            case BankRedeem it -> it.account();
            case ClientIssue _, ClientTransfer _, Redeem _, ContractFee _, Reversal _ -> "";
        };
    }

    /// As it is stored.
    default String json() {
        return Json.write(this);
    }

    static RequestDetails of(ProcessKind kind, String json) {
        return switch (kind) {
            case CLIENT_ISSUE -> Json.read(json, ClientIssue.class);
            case CLIENT_TRANSFER -> Json.read(json, ClientTransfer.class);
            case REDEEM -> Json.read(json, Redeem.class);
            case BANK_TOP_UP -> Json.read(json, BankTopUp.class);
            case BANK_REDEEM -> Json.read(json, BankRedeem.class);
            case CONTRACT_FEE -> Json.read(json, ContractFee.class);
            case REVERSAL -> Json.read(json, Reversal.class);
            case OPENING, INCOMING, BOOKING, CORRECTION ->
                throw new IllegalArgumentException(kind + " is not asked for");
        };
    }

    /// How values of this package lie in json columns.
    final class Json {
        private static final ObjectMapper MAPPER =
                new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

        private Json() {}

        static String write(Object value) {
            try {
                return MAPPER.writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("details cannot be written", e);
            }
        }

        static <T> T read(String json, Class<T> type) {
            try {
                return MAPPER.readValue(json, type);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("details cannot be read", e);
            }
        }
    }
}
