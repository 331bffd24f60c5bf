package org.almonry.directory;

import static java.util.Objects.requireNonNull;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds donation codes in what donors typed and banks mangled (C-031, C-037).
///
/// Tolerated and still exact: either order of name and code, a lost dash, blanks and line
/// breaks anywhere inside, lower case, full-width digits, dashes of any kind, a name glued
/// to the code. A creditor reference ("RF…") of the same digits counts the same.
///
/// Anything that takes a guess is only a *damaged* hit, good for a suggestion and never for
/// booking by itself: a letter O for a zero, one wrong digit or two swapped ones (all codes
/// that one such slip could have meant are listed), digits without their prefix, digits
/// glued to others.
///
/// A hit says that the text can be read so; whether the code was ever drawn, {@link Codes}
/// knows.
public final class CodeFinder {
    /// Longest text looked at; bank remittance ends at a few hundred characters.
    static final int TEXT_LENGTH_MAX = 4_000;

    /// Most hits told of one text; more only says that the text is no code.
    static final int HITS_MAX = 100;

    private static final String GAP = "[\\s\\p{Pd}./_:,+#*]*";
    private static final Pattern BARE =
            Pattern.compile("(?<![0-9A-Z])([0-9]{7}|[0-9]{9})(?![0-9A-Z])");
    private static final int[] LENGTHS = {DonationCode.PLEDGE_LENGTH, DonationCode.TARGET_LENGTH};

    private final Pattern prefixed;
    private final Pattern reference;

    /// A finder for codes printed with the instance's own prefix.
    public CodeFinder(String prefix) {
        requireNonNull(prefix, "prefix is null");
        if (!prefix.matches("[A-Z]{2,8}") || prefix.equals("RF")) {
            throw new IllegalArgumentException(
                    "a code prefix is 2 to 8 letters, not RF: " + prefix);
        }
        this.prefixed = Pattern.compile(String.join(GAP, prefix.split("")) + GAP);
        this.reference = Pattern.compile("R" + GAP + "F" + GAP);
    }

    /// All readings of a text, exact ones first, each code once.
    public List<Hit> find(String text) {
        String clean = clean(text);
        Hits hits = new Hits();
        for (Matcher m = prefixed.matcher(clean); m.find(); ) {
            readPrefixed(clean, m, hits);
        }
        for (Matcher m = reference.matcher(clean); m.find(); ) {
            readReference(clean, m, hits);
        }
        for (Matcher m = BARE.matcher(clean); m.find(); ) {
            DonationCode.of(m.group(1)).ifPresent(code -> hits.add(code, false, m.group(1)));
        }
        return hits.sorted();
    }

    private static void readPrefixed(String clean, Matcher at, Hits hits) {
        boolean otherWord = isOneLetterBefore(clean, at.start());
        Digits digits = Digits.read(clean, at.end(), false);
        boolean found = false;
        for (int length : LENGTHS) {
            Optional<DonationCode> code = digits.first(length).flatMap(DonationCode::of);
            if (code.isPresent()) {
                boolean exact = digits.endsAt(length) && !otherWord;
                found |= exact;
                hits.add(code.get(), exact, clean.substring(at.start(), digits.end(length)));
            }
        }
        if (!found) {
            guess(clean, at.start(), Digits.read(clean, at.end(), true), hits);
        } else {
            doubt(clean, at.start(), digits, 0, hits);
        }
    }

    /// A pledge's code that was mistyped and broken after its seventh digit can look like a
    /// project's code with two digits behind it. Then the pledges that it may have meant
    /// are hits as well.
    private static void doubt(String clean, int start, Digits digits, int before, Hits hits) {
        if (digits.endsAt(before + DonationCode.TARGET_LENGTH)
                && digits.endsAt(before + DonationCode.PLEDGE_LENGTH)) {
            int length = before + DonationCode.PLEDGE_LENGTH;
            String seen = clean.substring(start, digits.end(length));
            repairs(digits.first(length).orElseThrow().substring(before))
                    .forEach(code -> hits.add(code, false, seen));
        }
    }

    private static void guess(String clean, int start, Digits digits, Hits hits) {
        for (int length : LENGTHS) {
            if (digits.endsAt(length)) {
                String read = digits.first(length).orElseThrow();
                String seen = clean.substring(start, digits.end(length));
                DonationCode.of(read).ifPresent(code -> hits.add(code, false, seen));
                repairs(read).forEach(code -> hits.add(code, false, seen));
            }
        }
    }

    private static void readReference(String clean, Matcher at, Hits hits) {
        Digits digits = Digits.read(clean, at.end(), false);
        boolean found = false;
        for (int length : LENGTHS) {
            Optional<String> read = digits.first(2 + length);
            Optional<DonationCode> code =
                    read.map(all -> all.substring(2)).flatMap(DonationCode::of);
            if (code.isPresent()
                    && code.get().reference().value().equals("RF" + read.orElseThrow())
                    && digits.endsAt(2 + length)) {
                found = true;
                hits.add(code.get(), true, clean.substring(at.start(), digits.end(2 + length)));
            }
        }
        if (!found) {
            guessReference(clean, at.start(), Digits.read(clean, at.end(), true), hits);
        } else {
            doubt(clean, at.start(), digits, 2, hits);
        }
    }

    /// Either the check digits or the body may be damaged; a body that its own check digit
    /// confirms stands for itself.
    private static void guessReference(String clean, int start, Digits digits, Hits hits) {
        for (int length : LENGTHS) {
            if (digits.endsAt(2 + length)) {
                String read = digits.first(2 + length).orElseThrow();
                String body = read.substring(2);
                String seen = clean.substring(start, digits.end(2 + length));
                DonationCode.of(body).ifPresent(code -> hits.add(code, false, seen));
                repairs(body).stream()
                        .filter(code ->
                                code.reference().value().startsWith("RF" + read.substring(0, 2)))
                        .forEach(code -> hits.add(code, false, seen));
            }
        }
    }

    /// Every code that one wrong digit, or one swap of neighbours, could have turned into
    /// this.
    static List<DonationCode> repairs(String digits) {
        List<DonationCode> repairs = new ArrayList<>();
        for (int i = 0; i < digits.length(); i++) {
            for (char other = '0'; other <= '9'; other++) {
                if (other != digits.charAt(i)) {
                    String repaired = digits.substring(0, i) + other + digits.substring(i + 1);
                    DonationCode.of(repaired).ifPresent(repairs::add);
                }
            }
            if (i > 0 && digits.charAt(i) != digits.charAt(i - 1)) {
                String swapped = digits.substring(0, i - 1)
                        + digits.charAt(i)
                        + digits.charAt(i - 1)
                        + digits.substring(i + 1);
                DonationCode.of(swapped).ifPresent(repairs::add);
            }
        }
        return repairs;
    }

    /// A single letter in front makes another word ("ACCT"); several are a name glued to
    /// the code.
    private static boolean isOneLetterBefore(String clean, int at) {
        return at > 0
                && Character.isLetter(clean.charAt(at - 1))
                && (at == 1 || !Character.isLetter(clean.charAt(at - 2)));
    }

    private static String clean(String text) {
        String cut = text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) : text;
        String plain = Normalizer.normalize(cut, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        // Soft hyphens and zero-width marks come along when a code is copied from a page.
        return plain.replaceAll("\\p{Cf}", "").replace('\u2212', '-');
    }

    /// A code that a text can be read as.
    ///
    /// @param exact whether nothing was guessed
    /// @param seen the part of the text, as it was read
    public record Hit(DonationCode code, boolean exact, String seen) {
        /// Refuses missing parts.
        public Hit {
            requireNonNull(code, "code is null");
            requireNonNull(seen, "seen is null");
        }
    }

    /// Digits after a prefix with their places; gaps between them are stepped over.
    private record Digits(String all, int[] ends, boolean[] closed) {
        /// Enough for "RF", two check digits and a pledge's code, and one more to see the
        /// end.
        private static final int COUNT_MAX = 12;

        static Digits read(String clean, int from, boolean guessing) {
            StringBuilder all = new StringBuilder();
            int[] ends = new int[COUNT_MAX];
            boolean[] closed = new boolean[COUNT_MAX];
            int at = from;
            while (at < clean.length() && all.length() < COUNT_MAX) {
                char digit = digit(clean.charAt(at), guessing);
                if (digit == 0) {
                    break;
                }
                all.append(digit);
                at++;
                ends[all.length() - 1] = at;
                // A guess must not eat into the word that follows the code.
                closed[all.length() - 1] = at == clean.length()
                        || (guessing
                                ? !Character.isLetterOrDigit(clean.charAt(at))
                                : !Character.isDigit(clean.charAt(at)));
                while (at < clean.length() && isGap(clean.charAt(at))) {
                    at++;
                }
            }
            return new Digits(all.toString(), ends, closed);
        }

        Optional<String> first(int count) {
            return all.length() < count ? Optional.empty() : Optional.of(all.substring(0, count));
        }

        boolean endsAt(int count) {
            return all.length() >= count && closed[count - 1];
        }

        int end(int count) {
            return ends[count - 1];
        }

        private static char digit(char c, boolean guessing) {
            if (c >= '0' && c <= '9') {
                return c;
            }
            if (!guessing) {
                return 0;
            }
            return switch (c) {
                case 'O', 'Q' -> '0';
                case 'I', 'L', '|' -> '1';
                case 'Z' -> '2';
                case 'S' -> '5';
                case 'B' -> '8';
                default -> 0;
            };
        }

        private static boolean isGap(char c) {
            return Character.isWhitespace(c)
                    || Character.getType(c) == Character.DASH_PUNCTUATION
                    || "./_:,+#*".indexOf(c) >= 0;
        }
    }

    private static final class Hits {
        private final List<Hit> exact = new ArrayList<>();
        private final List<Hit> damaged = new ArrayList<>();

        void add(DonationCode code, boolean isExact, String seen) {
            if (has(exact, code) || exact.size() + damaged.size() >= HITS_MAX) {
                return;
            }
            if (isExact) {
                damaged.removeIf(hit -> hit.code().equals(code));
                exact.add(new Hit(code, true, seen));
            } else if (!has(damaged, code)) {
                damaged.add(new Hit(code, false, seen));
            }
        }

        List<Hit> sorted() {
            List<Hit> all = new ArrayList<>(exact);
            all.addAll(damaged);
            return List.copyOf(all);
        }

        private static boolean has(List<Hit> hits, DonationCode code) {
            return hits.stream().anyMatch(hit -> hit.code().equals(code));
        }
    }
}
