package org.almonry.accounting;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How much two names of people look alike, in percent. Banks shorten, turn around,
/// upper-case and strip names; so words are compared in any order, an initial counts for
/// the name that it starts, and accents do not matter. A clue for a person's eye only: no
/// money ever moves by it (C-036).
final class NameLikeness {
    /// A name longer than this is not a name; the words after are left out.
    private static final int WORDS_MAX = 8;

    private static final int INITIAL = 70;
    private static final int LEAST = 50;
    private static final int MISSING_WORD = 8;

    private static final Set<String> COURTESY = Set.of(
            "herr", "frau", "mr", "mrs", "ms", "dr", "prof", "und", "and", "oder", "or", "dipl",
            "ing");

    private NameLikeness() {}

    static int percent(String one, String other) {
        var first = words(one);
        var second = words(other);
        if (first.isEmpty() || second.isEmpty()) {
            return 0;
        }
        var few = first.size() <= second.size() ? first : second;
        var many = new ArrayList<>(first.size() <= second.size() ? second : first);
        int unmatched = many.size() - few.size();
        int sum = 0;
        int weights = 0;
        for (String word : few) {
            int best = 0;
            int place = -1;
            for (int i = 0; i < many.size(); i++) {
                int likeness = wordPercent(word, many.get(i));
                if (likeness > best) {
                    best = likeness;
                    place = i;
                }
            }
            int weight = Math.max(2, word.length());
            if (place >= 0) {
                weight = Math.max(weight, many.get(place).length());
                many.remove(place);
            }
            sum += best * weight;
            weights += weight;
        }
        return sum / weights * Math.max(40, 100 - MISSING_WORD * unmatched) / 100;
    }

    private static int wordPercent(String one, String other) {
        if (one.equals(other)) {
            return 100;
        }
        if (one.length() == 1 || other.length() == 1) {
            return one.charAt(0) == other.charAt(0) ? INITIAL : 0;
        }
        var pairs = new HashMap<String, Integer>();
        for (int i = 0; i + 1 < one.length(); i++) {
            pairs.merge(one.substring(i, i + 2), 1, Integer::sum);
        }
        int common = 0;
        for (int i = 0; i + 1 < other.length(); i++) {
            common += take(pairs, other.substring(i, i + 2));
        }
        int dice = 200 * common / (one.length() + other.length() - 2);
        return dice >= LEAST ? dice : 0;
    }

    private static int take(Map<String, Integer> pairs, String pair) {
        int left = pairs.getOrDefault(pair, 0);
        if (left == 0) {
            return 0;
        }
        pairs.put(pair, left - 1);
        return 1;
    }

    private static List<String> words(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replace("ß", "ss")
                .replace("ae", "a")
                .replace("oe", "o")
                .replace("ue", "u");
        var words = new ArrayList<String>();
        for (String word : plain.split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty() && !COURTESY.contains(word) && words.size() < WORDS_MAX) {
                words.add(word);
            }
        }
        return words;
    }
}
