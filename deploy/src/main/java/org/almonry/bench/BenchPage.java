package org.almonry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The page of results. The bench writes the blocks between its marks; every other line is
/// a person's, above all the words on each miss, and stays.
public final class BenchPage {

    private final Path file;

    BenchPage(Path file) {
        this.file = file;
    }

    /// Puts new text into the block of this name; a page without it gets it at its end.
    public void write(String block, String text) throws IOException {
        var page = Files.exists(file) ? Files.readString(file) : "# Benchmarks\n";
        Files.writeString(file, replace(page, block, text));
    }

    static String replace(String page, String block, String text) {
        var begin = "<!-- bench:" + block + ": written by the bench -->\n";
        var end = "<!-- /bench:" + block + " -->\n";
        int from = page.indexOf(begin);
        int to = page.indexOf(end, Math.max(from, 0));
        if ((from < 0) != (to < 0)) {
            throw new IllegalArgumentException("the page has lost a mark of block " + block);
        }
        return from < 0
                ? page + "\n" + begin + text + "\n" + end
                : page.substring(0, from) + begin + text + "\n" + page.substring(to);
    }
}
