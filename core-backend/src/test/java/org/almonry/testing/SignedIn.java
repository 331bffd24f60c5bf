package org.almonry.testing;

import org.almonry.identity.v1.BeginSignInRequest;
import org.almonry.identity.v1.RedeemLinkRequest;
import org.almonry.identity.v1.SignInServiceGrpc;

import java.util.Optional;
import java.util.regex.Pattern;

/// Signs people in the way they do it themselves: ask for a link, read the mail, redeem it.
public final class SignedIn {
    private static final Pattern LINK = Pattern.compile("\\?token=([A-Za-z0-9_-]+)");

    private SignedIn() {}

    /// The session token of a person at a gateway.
    public static String at(TestCore core, String gateway, String email) {
        var token = mailed(core, gateway, email)
                .orElseThrow(() -> new AssertionError("no mail to " + email + " from " + gateway));
        return SignInServiceGrpc.newBlockingStub(core.channel(gateway))
                .redeemLink(RedeemLinkRequest.newBuilder().setToken(token).build())
                .getSession()
                .getToken();
    }

    /// The token of the link that is mailed when a person asks for one; empty when none is.
    public static Optional<String> mailed(TestCore core, String gateway, String email) {
        SignInServiceGrpc.newBlockingStub(core.channel(gateway))
                .beginSignIn(BeginSignInRequest.newBuilder()
                        .setEmail(email)
                        .setLanguage("en")
                        .build());
        return core.database()
                .identity()
                .withHandle(handle -> handle.createQuery("""
                                with newest as (
                                    select id, body
                                      from mail.message
                                     where recipient = :email and body <> ''
                                     order by id desc
                                     limit 1)
                                update mail.message m
                                   set body = ''
                                  from newest n
                                 where m.id = n.id
                                returning n.body
                                """)
                        .bind("email", email)
                        .mapTo(String.class)
                        .findOne())
                .map(body -> {
                    var link = LINK.matcher(body);
                    if (!link.find()) {
                        throw new AssertionError("the mail has no link");
                    }
                    return link.group(1);
                });
    }
}
