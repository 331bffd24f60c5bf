package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.almonry.directory.Project;
import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// C-032, C-086: the inbox as it is listed.
class InboxTest {
    private final Desk desk = new Desk();
    private final Project otters = desk.project("otters");

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void linesAreFoundByStateAccountAndWords() {
        var booked = desk.line(100, desk.code(otters));
        desk.matching.consider(List.of(booked));
        var waiting = desk.line(200, "Rent of the Boathouse");
        var dollars = desk.line("acc_usd", 300, "John Smith", "US1", "hello");
        var ignored = desk.line(400, "noise");
        desk.decisions.ignore(desk.by("not ours"), desk.seen(ignored));
        assertEquals(List.of(dollars.id(), waiting.id()), ids("WAITING", "", ""));
        assertEquals(List.of(booked.id()), ids("BOOKED", "", ""));
        assertEquals(List.of(ignored.id()), ids("IGNORED", "", ""));
        assertEquals(
                List.of(ignored.id(), dollars.id(), waiting.id(), booked.id()), ids("", "", ""));
        assertEquals(List.of(dollars.id()), ids("", "acc_usd", ""));
        assertEquals(List.of(waiting.id()), ids("", "", "boathouse"));
        assertEquals(List.of(dollars.id()), ids("WAITING", "", "john"));
        assertEquals(List.of(), ids("", "", "100%"));
        assertEquals(
                2, desk.inbox.page(new Inbox.Filter("BOOKED", "", "", "", 1)).waiting());
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        var all = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            all.addFirst(desk.line(100, "gift " + i).id());
        }
        var read = new ArrayList<String>();
        var token = "";
        do {
            var page = desk.inbox.page(new Inbox.Filter("WAITING", "", "", token, 2));
            page.views().forEach(view -> read.add(view.line().id()));
            token = page.next();
        } while (!token.isEmpty());
        assertEquals(all, read);
    }

    @Test
    void oneLineComesWithItsRawText() {
        var line = desk.line(100, "gift");
        assertEquals("<Ntry/>", desk.view(line).line().raw());
        var failure = assertThrows(Failure.class, () -> desk.inbox.get("inc_nothing"));
        assertEquals(Reason.NOT_FOUND, failure.reason());
    }

    private List<String> ids(String state, String account, String search) {
        return desk.inbox.page(new Inbox.Filter(state, account, search, "", 50)).views().stream()
                .map(view -> view.line().id())
                .toList();
    }
}
