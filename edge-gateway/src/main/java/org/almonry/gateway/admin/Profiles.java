package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.Visit;
import org.almonry.process.v1.ListProfilesRequest;
import org.almonry.process.v1.Profile;
import org.almonry.type.v1.PageRequest;

import java.util.ArrayList;
import java.util.List;

/// All price lists, for forms that ask for one.
final class Profiles {

    private static final int PAGE = 200;

    /// A thousand contracts of their own; who has more names a profile by its address.
    private static final int PAGES_MAX = 5;

    private Profiles() {}

    static List<Profile> all(Visit visit) {
        var all = new ArrayList<Profile>();
        String token = "";
        for (int i = 0; i < PAGES_MAX; i++) {
            var found = visit.core()
                    .commissions()
                    .listProfiles(ListProfilesRequest.newBuilder()
                            .setPage(PageRequest.newBuilder().setSize(PAGE).setToken(token))
                            .build());
            all.addAll(found.getProfilesList());
            token = found.getPage().getNextToken();
            if (token.isEmpty()) {
                break;
            }
        }
        return all;
    }

    /// The same to choose from, after an entry for none.
    static List<Choice> choices(List<Profile> all, String none) {
        var choices = new ArrayList<Choice>();
        if (!none.isEmpty()) {
            choices.add(new Choice("", none));
        }
        all.forEach(each -> choices.add(new Choice(each.getId(), each.getName())));
        return choices;
    }

    /// The name of a profile; its id where it is not known.
    static String name(List<Profile> all, String id) {
        return all.stream()
                .filter(each -> each.getId().equals(id))
                .map(Profile::getName)
                .findFirst()
                .orElse(id);
    }
}
