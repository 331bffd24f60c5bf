package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.process.v1.Contract;
import org.almonry.process.v1.Profile;

import java.util.List;

/// Who has which price list from which day on, and the form to give somebody another one.
///
/// @param owners whose coins there are, with a name
public record ContractsPage(
        FormState filter,
        FormState form,
        List<Contract> contracts,
        List<Profile> profiles,
        List<Choice> owners,
        String next,
        String first) {
    public ContractsPage {
        contracts = List.copyOf(contracts);
        profiles = List.copyOf(profiles);
        owners = List.copyOf(owners);
    }

    /// The profiles, after an entry for none.
    public List<Choice> choices(String none) {
        return Profiles.choices(profiles, none);
    }

    /// The name of a profile.
    public String profile(String id) {
        return Profiles.name(profiles, id);
    }

    /// The name of an owner; empty where it is not known.
    public String owner(String id) {
        return Owners.name(owners, id);
    }
}
