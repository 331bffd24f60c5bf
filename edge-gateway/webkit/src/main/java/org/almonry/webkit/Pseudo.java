package org.almonry.webkit;

/// Languages that nobody speaks, for finding texts that are not translated, boxes that are
/// too narrow and layouts that assume left to right.
final class Pseudo {

    private static final String PLAIN = "AEIOUaeiouncsyz";
    private static final String ACCENTED = "ÅÉÎÕÛåéîõûñçšýž";

    private Pseudo() {}

    static boolean isPseudo(String tag) {
        return tag.equals("en-XA") || tag.equals("ar-XB");
    }

    static String of(String tag, String text) {
        return tag.equals("en-XA") ? longer(text) : rightToLeft(text);
    }

    private static String longer(String text) {
        var out = new StringBuilder("[!!! ");
        boolean inPlaceholder = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            inPlaceholder = c == '{' || (inPlaceholder && c != '}');
            int at = inPlaceholder ? -1 : PLAIN.indexOf(c);
            out.append(at < 0 ? c : ACCENTED.charAt(at));
        }
        return out.append(" ".repeat(1))
                .append("·".repeat(text.length() / 3))
                .append(" !!!]")
                .toString();
    }

    /// Each word inside its own right-to-left override, so that placeholders stay readable.
    private static String rightToLeft(String text) {
        var out = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!out.isEmpty()) {
                out.append(' ');
            }
            boolean plain = word.isEmpty() || word.indexOf('{') >= 0;
            out.append(plain ? word : "\u202e" + word + "\u202c");
        }
        return out.toString();
    }
}
