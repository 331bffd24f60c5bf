/// The plug-in boundary: everything that speaks to a bank or another payment provider.
///
/// A provider is one adapter plus configuration (C-013); the process that calls it does not
/// change. To write one:
///
/// 1. Implement [Provider] and the capability interfaces that it has, such as
///    [FetchesStatements]. Implementing the interface is the declaration; nothing is
///    registered by name.
/// 2. Read its settings from `providers.<name>.*` and add its `kind` to
///    `Providers.configured`.
/// 3. Keep no state: what has been fetched is the [Cursor] that the accounting process
///    stores and hands back, so that a crash anywhere repeats at most one page.
/// 4. Speak to the outside through [ProviderHttp] only: pinned trust, time-outs, size
///    limits.
/// 5. Say what went wrong as a [ProviderFailure] with a text that an admin can act on.
/// 6. Hand over whole statement files. What a line means is decided in one place, by the
///    reader of `providers.bank`, and which lines are new by the accounting process.
///
/// Words: a *statement* is what a bank reports of one account for one span of time, a
/// *line* is one movement in it. [Accounts] is the register of our own accounts at
/// providers; each has an issuing coin, whose balance is the negative of what the bank
/// should hold, in the ledger.
///
/// Schema `providers`. Rows C-010 to C-018, C-023.
@NullMarked
package org.almonry.providers;

import org.jspecify.annotations.NullMarked;
