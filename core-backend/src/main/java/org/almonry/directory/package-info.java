/// Who is on this instance and what money can be given for: nonprofits, their projects with
/// milestones, the people in a project, and the donation codes that lead a bank transfer to
/// it.
///
/// Words. A *nonprofit* is an organisation on the instance. A *project* belongs to one,
/// needs at least one member (C-005) and a platform admin's consent (C-051) before it may
/// receive; with that consent it gets a coin in the ledger and a code. A *milestone* is a
/// step of a project with a code of its own (C-030). A *code* is printed as prefix, dash
/// and digits; the last digit is a check digit (C-038), and the same digits make an ISO
/// 11649 creditor reference.
///
/// Invariants. A code is drawn once and never given to anything else. Digits of codes for
/// projects (seven) and for pledges (nine) differ in length by two, so that a single digit
/// lost or doubled never turns one kind into the other. What is closed keeps its code:
/// money that comes late is recognised, and waits for a person.
///
/// Tables: schema `directory` of the accounting database. Members are opaque user ids;
/// names live in the identity database only.
@NullMarked
package org.almonry.directory;

import org.jspecify.annotations.NullMarked;
