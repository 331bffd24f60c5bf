/// The widget server: the donation form that nonprofits embed, the page that tells how to
/// transfer, thermometers, badges and the embed script.
///
/// It faces the internet and owns nothing: no database, no session, no cookie. It calls
/// `almonry.widgets.v1.WidgetService` with its own certificate and nothing else, and may
/// keep public project data for ten seconds. What a giver types lives in the form itself
/// until the core has it; when the core is down the page says so and keeps what was typed.
@NullMarked
package org.almonry.widget;

import org.jspecify.annotations.NullMarked;
