package org.almonry.directory;

import com.google.protobuf.Timestamp;

import org.almonry.money.Money;
import org.almonry.wire.MoneyCodec;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The directory's values on the wire.
final class DirectoryCodec {
    private DirectoryCodec() {}

    static org.almonry.directory.v1.Nonprofit nonprofit(Nonprofit nonprofit) {
        return org.almonry.directory.v1.Nonprofit.newBuilder()
                .setId(nonprofit.id())
                .setSlug(nonprofit.slug())
                .setName(nonprofit.name())
                .setAccountHolder(nonprofit.accountHolder())
                .addAllSites(nonprofit.sites())
                .build();
    }

    static org.almonry.directory.v1.Project project(
            Project project,
            Money received,
            List<Member> members,
            Map<String, String> names,
            Codes codes) {
        var encoded = org.almonry.directory.v1.Project.newBuilder()
                .setId(project.id())
                .setNonprofitId(project.nonprofitId())
                .setSlug(project.slug())
                .setName(project.name())
                .setSummary(project.summary())
                .setState(state(project.state()))
                .setReceived(MoneyCodec.toProto(received))
                .setOverheadBasisPoints(project.overheadBasisPoints());
        Money goal = project.goal();
        if (goal != null) {
            encoded.setGoal(MoneyCodec.toProto(goal));
        }
        project.coinId().ifPresent(coin -> encoded.setCoinId("coin_" + coin));
        project.code().ifPresent(code -> encoded.setCode(codes.printed(code)));
        project.milestones()
                .forEach(milestone -> encoded.addMilestones(milestone(milestone, codes)));
        members.forEach(member -> encoded.addMembers(member(member, names)));
        return encoded.build();
    }

    static ProjectRole role(org.almonry.directory.v1.ProjectRole role) {
        return switch (role) {
            case PROJECT_ROLE_MEMBER -> ProjectRole.MEMBER;
            case PROJECT_ROLE_ADMIN -> ProjectRole.ADMIN;
            case PROJECT_ROLE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("a role that the field rule refuses");
        };
    }

    private static org.almonry.directory.v1.Milestone milestone(Milestone milestone, Codes codes) {
        var encoded = org.almonry.directory.v1.Milestone.newBuilder()
                .setId(milestone.id())
                .setName(milestone.name())
                .setCode(codes.printed(milestone.code()));
        Money goal = milestone.goal();
        if (goal != null) {
            encoded.setGoal(MoneyCodec.toProto(goal));
        }
        return encoded.build();
    }

    private static org.almonry.directory.v1.Member member(
            Member member, Map<String, String> names) {
        return org.almonry.directory.v1.Member.newBuilder()
                .setUserRef(member.userRef())
                .setDisplayName(names.getOrDefault(member.userRef(), ""))
                .setRole(
                        switch (member.role()) {
                            case MEMBER -> org.almonry.directory.v1.ProjectRole.PROJECT_ROLE_MEMBER;
                            case ADMIN -> org.almonry.directory.v1.ProjectRole.PROJECT_ROLE_ADMIN;
                        })
                .setSince(timestamp(member.since()))
                .build();
    }

    private static org.almonry.directory.v1.ProjectState state(ProjectState state) {
        return switch (state) {
            case ProjectState.Proposed _ ->
                org.almonry.directory.v1.ProjectState.PROJECT_STATE_PROPOSED;
            case ProjectState.Active _ ->
                org.almonry.directory.v1.ProjectState.PROJECT_STATE_ACTIVE;
            case ProjectState.Closed _, ProjectState.Declined _ ->
                org.almonry.directory.v1.ProjectState.PROJECT_STATE_CLOSED;
        };
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
