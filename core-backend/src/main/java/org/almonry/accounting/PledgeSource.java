package org.almonry.accounting;

import org.almonry.money.Currency;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What matching asks of pledges, in whole batches.
interface PledgeSource {
    /// Those that exist, by id. Whether their projects are open is judged by the caller.
    Map<String, Target.Pledged> byId(Collection<String> ids);

    /// Pledges in a currency that no money was booked for yet, newest first.
    List<Target.Pledged> waiting(Currency currency, int limit);
}
