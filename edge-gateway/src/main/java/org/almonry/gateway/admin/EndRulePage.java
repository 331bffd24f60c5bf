package org.almonry.gateway.admin;

import org.almonry.gateway.FormState;
import org.almonry.process.v1.CommissionRule;
import org.almonry.process.v1.Profile;

/// A rule before it is ended.
public record EndRulePage(Profile profile, CommissionRule rule, FormState form) {}
