package org.almonry.gateway.account;

import org.almonry.accounting.v1.Gift;
import org.almonry.accounting.v1.MyProject;
import org.almonry.gateway.Visit;

import java.util.List;

/// A project as its members see it.
///
/// @param token the token of this page of gifts
/// @param hasOthers whether there is another project that a gift could be suggested for
public record ProjectPage(
        MyProject project,
        List<Gift> gifts,
        boolean hasOthers,
        String token,
        String next,
        String first) {
    public ProjectPage {
        gifts = List.copyOf(gifts);
    }

    /// The form that suggests another match for a gift.
    public String suggestPath(Gift gift) {
        return "/projects/" + project.getId() + "/suggest?gift=" + Visit.encode(gift.getId())
                + "&page=" + Visit.encode(token);
    }
}
