package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// The digits of a donation code, the check digit included (C-031, C-038).
///
/// The check digit is H. Michael Damm's: it finds every single wrong digit and every swap
/// of two neighbours, the two slips that people make most. Seven digits belong to a project
/// or milestone, nine to a pledge.
public record DonationCode(String digits) implements Comparable<DonationCode> {
    /// Digits of a project's or milestone's code, check digit included.
    public static final int TARGET_LENGTH = 7;

    /// Digits of a pledge's code, check digit included.
    public static final int PLEDGE_LENGTH = 9;

    /// Damm's totally anti-symmetric quasigroup of order 10, row by interim digit.
    private static final String[] DAMM = {
        "0317598642",
        "7092154863",
        "4206871359",
        "1750983426",
        "6123045978",
        "3674209581",
        "5869720134",
        "8945362017",
        "9438617205",
        "2581436790",
    };

    /// Refuses digits of another length or with a wrong check digit.
    public DonationCode {
        requireNonNull(digits, "digits is null");
        if (!isValid(digits)) {
            throw new IllegalArgumentException("not a donation code: " + digits);
        }
    }

    /// Appends the check digit to six or eight digits.
    public static DonationCode withCheckDigit(String payload) {
        return new DonationCode(payload + (char) ('0' + interim(payload)));
    }

    /// Reads digits that may not be a code.
    public static Optional<DonationCode> of(String digits) {
        return isValid(digits) ? Optional.of(new DonationCode(digits)) : Optional.empty();
    }

    /// Whether this is the code of a pledge rather than of a project or milestone.
    public boolean isPledge() {
        return digits.length() == PLEDGE_LENGTH;
    }

    /// The code as people see it: "CCT-1234566".
    public String printed(String prefix) {
        return prefix + "-" + digits;
    }

    /// The ISO 11649 creditor reference of the same digits.
    public CreditorReference reference() {
        return CreditorReference.of(digits);
    }

    @Override
    public int compareTo(DonationCode other) {
        return digits.compareTo(other.digits);
    }

    private static boolean isValid(String digits) {
        if (digits.length() != TARGET_LENGTH && digits.length() != PLEDGE_LENGTH) {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return interim(digits) == 0;
    }

    private static int interim(String digits) {
        int interim = 0;
        for (int i = 0; i < digits.length(); i++) {
            interim = DAMM[interim].charAt(digits.charAt(i) - '0') - '0';
        }
        return interim;
    }
}
