package org.almonry.gateway.admin;

import org.almonry.audit.v1.Mail;

import java.util.List;

/// Mail by kind and state, newest first.
public record MailPage(List<Mail> mail, String next, String first) {
    public MailPage {
        mail = List.copyOf(mail);
    }
}
