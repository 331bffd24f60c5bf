/// What somebody means to give: pledges, with all that is needed to transfer the money.
///
/// A *pledge* is a *basket* of projects or milestones with an amount each, and one donation
/// code for all of them (C-033). When money comes, it is split over the basket in
/// proportion, to the cent (C-034). A pledge binds nobody; it is a label that a later bank
/// line can be matched with.
///
/// Giver and pledge are in two databases. The giver is stored first, under a key that
/// follows from the request; then the pledge with the giver's opaque id. A crash in between
/// leaves a giver without a pledge, who is erased a day later; the same request goes on
/// where it stopped. One request key makes one pledge.
///
/// A pledge is read again by its token only. The token follows from the pledge's id and a
/// secret of the instance, so that a repeated request gets the same one though only its
/// hash is stored.
///
/// What was booked for a pledge comes through the outbox (`GiftBooked`, `GiftUndone`) into
/// append-only rows. Tables: schema `giving` of the accounting database.
@NullMarked
package org.almonry.giving;

import org.jspecify.annotations.NullMarked;
