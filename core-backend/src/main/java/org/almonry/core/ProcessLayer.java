package org.almonry.core;

import io.grpc.BindableService;

import org.almonry.commission.Commissions;
import org.almonry.limit.Limits;
import org.almonry.process.BusinessRequests;
import org.almonry.process.CommissionRpc;
import org.almonry.process.RequestJobs;
import org.almonry.process.RequestRpc;

import java.util.List;

/// Business requests, what they cost and how far they may go.
final class ProcessLayer {
    private final List<BindableService> services;

    ProcessLayer(CoreConfig config, Foundation base, GivingLayer giving) {
        var accounting = base.databases.accounting();
        var days = new BusinessRequests.Days(base.clock, config.zone());
        var commissions = new Commissions(accounting, base.audit, base.ids, base.clock);
        var limits = new Limits(accounting, base.audit, base.ids, base.clock);
        var requests = new BusinessRequests(
                accounting,
                base.ledger,
                base.reads,
                commissions,
                limits,
                id -> giving.accounts.byId(id).isPresent(),
                days);
        RequestJobs.register(base.jobs, requests, config.zone());
        services = List.of(
                new RequestRpc(requests, base.processes, base.accountingIdempotency),
                new CommissionRpc(commissions, limits, base.accountingIdempotency, days));
    }

    List<BindableService> services() {
        return services;
    }
}
