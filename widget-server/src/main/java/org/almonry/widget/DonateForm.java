package org.almonry.widget;

import static java.util.Objects.requireNonNull;

import org.almonry.type.v1.Money;
import org.almonry.webkit.AmountInput;
import org.almonry.webkit.AmountInput.Parsed;
import org.almonry.webkit.Format;
import org.almonry.webkit.Forms;
import org.almonry.webkit.Messages;
import org.almonry.widgets.v1.PledgeItem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a giver typed, exactly as typed, with the id that makes sending it twice one
/// pledge.
///
/// Pure: it knows fields and rules, not HTTP and not the core.
///
/// @param id made when the form was first shown, kept until it leads to a pledge
/// @param project chosen project, on pages that offer several
/// @param milestone chosen milestone or empty
/// @param choice chosen preset in minor units, or `other`, or empty
/// @param amount typed amount; where there is one, it counts
/// @param basket typed amount per project, on the basket page
/// @param name may be empty
/// @param email may be empty
public record DonateForm(
        String id,
        String project,
        String milestone,
        String choice,
        String amount,
        Map<String, String> basket,
        String name,
        String email) {

    private static final String ID = "frm_[0-9a-f]{32}";
    private static final int TYPED_MAX = 40;
    private static final int NAME_MAX = 100;
    private static final int EMAIL_MAX = 254;

    /// The core takes no more parts in one pledge.
    private static final int ITEMS_MAX = 20;

    /// A preset is at most five digits of minor units times a thousand.
    private static final String PRESET = "[0-9]{1,9}";

    public DonateForm {
        requireNonNull(id, "id is null");
        basket = Map.copyOf(basket);
    }

    /// What checking gives: the items of a pledge, or a message for each field at fault.
    sealed interface Checked {
        /// Ready to send.
        record Good(List<PledgeItem> items) implements Checked {}

        /// Field id to message, in the order of the page.
        record Bad(Map<String, String> errors) implements Checked {}
    }

    /// A form that nobody has typed in yet.
    static DonateForm empty(String id) {
        return new DonateForm(id, "", "", "", "", Map.of(), "", "");
    }

    /// Reads the posted fields. A missing or foreign id is replaced by the fresh one.
    static DonateForm read(Forms posted, String freshId, List<String> projects) {
        String id = posted.text("form");
        var basket = new LinkedHashMap<String, String>();
        for (String project : projects) {
            String typed = posted.text("amount-" + project, TYPED_MAX);
            if (!typed.isEmpty()) {
                basket.put(project, typed);
            }
        }
        return new DonateForm(
                id.matches(ID) ? id : freshId,
                posted.text("project", TYPED_MAX),
                posted.text("milestone", 60),
                posted.text("choice", TYPED_MAX),
                posted.text("amount", TYPED_MAX),
                basket,
                // One more than allowed is kept, so that the message can say that it is too
                // long.
                oneLine(posted.text("name", NAME_MAX + 1)),
                oneLine(posted.text("email", EMAIL_MAX + 1)));
    }

    /// The same with another id, for a second pledge on purpose.
    DonateForm withId(String newId) {
        return new DonateForm(newId, project, milestone, choice, amount, basket, name, email);
    }

    /// Checks a gift to one of the projects that the page offers.
    Checked checkGift(List<ProjectView> offered, Messages text) {
        var errors = new LinkedHashMap<String, String>();
        var wanted = offered.stream()
                .filter(each -> offered.size() == 1 || each.slug().equals(project))
                .findFirst();
        if (wanted.isEmpty()) {
            errors.put("project", text.text("error.project"));
        }
        String currency = wanted.orElse(offered.getFirst()).currency();
        long minor = amountOf(currency, text, errors);
        boolean known = milestone.isEmpty()
                || wanted.stream()
                        .flatMap(each -> each.milestones().stream())
                        .anyMatch(each -> each.id().equals(milestone));
        if (!known) {
            errors.put("milestone", text.text("error.milestone"));
        }
        checkPerson(text, errors);
        if (!errors.isEmpty() || wanted.isEmpty()) {
            return new Checked.Bad(errors);
        }
        return new Checked.Good(List.of(item(wanted.get().slug(), milestone, minor, currency)));
    }

    private long amountOf(String currency, Messages text, Map<String, String> errors) {
        if (amount.isEmpty() && choice.matches(PRESET)) {
            return Long.parseLong(choice);
        }
        return parse("amount", amount, currency, text, errors);
    }

    /// Checks a basket: one amount or more, each for its project.
    Checked checkBasket(List<ProjectView> offered, Messages text) {
        var errors = new LinkedHashMap<String, String>();
        var items = new ArrayList<PledgeItem>();
        for (ProjectView each : offered) {
            String typed = basket.getOrDefault(each.slug(), "");
            if (typed.isEmpty()) {
                continue;
            }
            String field = "amount-" + each.slug();
            long minor = parse(field, typed, each.currency(), text, errors);
            if (minor > 0) {
                items.add(item(each.slug(), "", minor, each.currency()));
            } else if (!errors.containsKey(field)) {
                errors.put(field, text.text("error.amount.zero"));
            }
        }
        if (items.isEmpty() && errors.isEmpty()) {
            errors.put("amount-" + offered.getFirst().slug(), text.text("error.basket.empty"));
        }
        if (items.size() > ITEMS_MAX) {
            errors.put(
                    "amount-" + offered.getFirst().slug(),
                    text.text("error.basket.many", "most", ITEMS_MAX));
        }
        checkPerson(text, errors);
        return errors.isEmpty() ? new Checked.Good(items) : new Checked.Bad(errors);
    }

    private static long parse(
            String field,
            String typed,
            String currency,
            Messages text,
            Map<String, String> errors) {
        return switch (AmountInput.parse(typed, Format.scale(currency))) {
            case Parsed.Amount parsed -> {
                if (parsed.minor() == 0) {
                    errors.put(field, text.text("error.amount.zero"));
                }
                yield parsed.minor();
            }
            case Parsed.Missing missing -> {
                errors.put(field, text.text("error.amount.missing"));
                yield 0;
            }
            case Parsed.Negative negative -> {
                errors.put(field, text.text("error.amount.negative"));
                yield 0;
            }
            case Parsed.TooPrecise precise -> {
                errors.put(field, text.count("error.amount.precise", precise.decimals()));
                yield 0;
            }
            case Parsed.Unreadable unreadable -> {
                errors.put(field, text.text("error.amount.unreadable"));
                yield 0;
            }
        };
    }

    private void checkPerson(Messages text, Map<String, String> errors) {
        if (name.codePointCount(0, name.length()) > NAME_MAX) {
            errors.put("name", text.text("error.name.long", "most", NAME_MAX));
        }
        boolean shaped = email.isEmpty() || email.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
        if (!shaped || email.length() > EMAIL_MAX) {
            errors.put("email", text.text("error.email"));
        }
    }

    private static PledgeItem item(String project, String milestone, long minor, String currency) {
        return PledgeItem.newBuilder()
                .setProject(project)
                .setMilestoneId(milestone)
                .setAmount(Money.newBuilder().setCurrency(currency).setMinor(minor))
                .build();
    }

    private static String oneLine(String typed) {
        return typed.replaceAll("\\s+", " ");
    }
}
