package org.almonry.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class BenchPageTest {
    /// The words on each miss are a person's: a new run keeps them.
    @Test
    void onlyTheBlockOfThatNameChanges(@TempDir Path folder) throws IOException {
        var file = folder.resolve("benchmarks.md");
        var page = new BenchPage(file);
        page.write("ledger", "old");
        page.write("large", "other");
        Files.writeString(file, Files.readString(file) + "\nWhy it missed: noise.\n");
        page.write("ledger", "new\nlines");
        var text = Files.readString(file);
        assertTrue(text.contains("written by the bench -->\nnew\nlines\n<!-- /bench:ledger -->"));
        assertTrue(text.contains("\nother\n<!-- /bench:large -->"));
        assertTrue(text.endsWith("\nWhy it missed: noise.\n"));
        assertEquals(-1, text.indexOf("old"));
    }

    @Test
    void aBlockWithoutItsEndIsRefused() {
        var broken = BenchPage.replace("", "ledger", "x").replace("<!-- /bench:ledger -->", "");
        assertThrows(
                IllegalArgumentException.class, () -> BenchPage.replace(broken, "ledger", "y"));
    }
}
