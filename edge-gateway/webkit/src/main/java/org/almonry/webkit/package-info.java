/// What every web-facing process of Almonry shares: the listener with its limits, headers,
/// forms, texts, assets and figures. No business code: a page module gives routes and
/// templates, this package makes sure that each answer carries the strict policy, each log
/// line lacks the address of its reader (C-041), and each form works without a script.
///
/// Start with [WebServers], [Html] and [Messages]; a page is a record that a template
/// renders.
@NullMarked
package org.almonry.webkit;

import org.jspecify.annotations.NullMarked;
