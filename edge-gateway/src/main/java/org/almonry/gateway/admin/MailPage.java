package org.almonry.gateway.admin;

import java.util.List;
import org.almonry.audit.v1.Mail;

/// Mail by kind and state, newest first.
public record MailPage(List<Mail> mail, String next, String first) {
    public MailPage {
        mail = List.copyOf(mail);
    }
}
