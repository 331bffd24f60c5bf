/// The certificates of one instance, from our own little authority: a root for ten years,
/// an intermediate for one year that may only vouch for the instance's trust domain, and
/// leaves for seven days that are renewed after half of it.
///
/// Demo and production use the same tool. In production `root.key` belongs into a safe: the
/// tool needs it only for making an intermediate, not for leaves, and the directory of the
/// authority does not live on the core's host.
@NullMarked
package org.almonry.certs;

import org.jspecify.annotations.NullMarked;
