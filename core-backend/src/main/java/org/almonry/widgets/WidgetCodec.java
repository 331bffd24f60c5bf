package org.almonry.widgets;

import org.almonry.directory.Milestone;
import org.almonry.directory.Nonprofit;
import org.almonry.directory.Project;
import org.almonry.giving.NewPledge;
import org.almonry.giving.PledgeResult;
import org.almonry.money.Money;
import org.almonry.widgets.v1.AmountOutOfRange;
import org.almonry.widgets.v1.CreatePledgeRequest;
import org.almonry.widgets.v1.CreatePledgeResponse;
import org.almonry.widgets.v1.CurrencyNotTaken;
import org.almonry.widgets.v1.PledgeItem;
import org.almonry.widgets.v1.ProjectNotOpen;
import org.almonry.widgets.v1.PublicMilestone;
import org.almonry.widgets.v1.PublicProject;
import org.almonry.widgets.v1.WeekReceived;
import org.almonry.wire.MoneyCodec;

import java.time.LocalDate;
import java.util.List;

/// What widgets see, on the wire.
final class WidgetCodec {
    private WidgetCodec() {}

    static PublicProject project(Project project, Nonprofit nonprofit, Money received) {
        var encoded = PublicProject.newBuilder()
                .setSlug(project.slug())
                .setName(project.name())
                .setSummary(project.summary())
                .setReceived(MoneyCodec.toProto(received))
                .setNonprofitSlug(nonprofit.slug())
                .setNonprofitName(nonprofit.name());
        Money goal = project.goal();
        if (goal != null) {
            encoded.setGoal(MoneyCodec.toProto(goal));
        }
        project.milestones().forEach(milestone -> encoded.addMilestones(milestone(milestone)));
        return encoded.build();
    }

    static WeekReceived week(LocalDate monday, Money amount) {
        return WeekReceived.newBuilder()
                .setMonday(monday.toString())
                .setAmount(MoneyCodec.toProto(amount))
                .build();
    }

    static NewPledge wanted(CreatePledgeRequest request) {
        List<NewPledge.Wish> wishes = request.getItemsList().stream()
                .map(item -> new NewPledge.Wish(
                        item.getProject(),
                        item.getMilestoneId(),
                        MoneyCodec.fromProto(item.getAmount())))
                .toList();
        return new NewPledge(
                request.getNonprofit(),
                wishes,
                request.getName(),
                request.getEmail(),
                request.getLanguage());
    }

    static PledgeItem item(String projectSlug, String milestoneId, Money amount) {
        return PledgeItem.newBuilder()
                .setProject(projectSlug)
                .setMilestoneId(milestoneId)
                .setAmount(MoneyCodec.toProto(amount))
                .build();
    }

    static CreatePledgeResponse refused(PledgeResult result) {
        var response = CreatePledgeResponse.newBuilder();
        switch (result) {
            case PledgeResult.AmountOutOfRange it ->
                response.setAmountOutOfRange(AmountOutOfRange.newBuilder()
                        .setLeast(MoneyCodec.toProto(it.least()))
                        .setGreatest(MoneyCodec.toProto(it.greatest())));
            case PledgeResult.ProjectNotOpen it ->
                response.setProjectNotOpen(ProjectNotOpen.newBuilder().setProject(it.project()));
            case PledgeResult.CurrencyNotTaken it ->
                response.setCurrencyNotTaken(CurrencyNotTaken.newBuilder().addAllTaken(it.taken()));
            case PledgeResult.Made _ -> throw new IllegalArgumentException("not a refusal");
        }
        return response.build();
    }

    private static PublicMilestone milestone(Milestone milestone) {
        var encoded = PublicMilestone.newBuilder().setId(milestone.id()).setName(milestone.name());
        Money goal = milestone.goal();
        if (goal != null) {
            encoded.setGoal(MoneyCodec.toProto(goal));
        }
        return encoded.build();
    }
}
