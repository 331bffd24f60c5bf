/// Scheduled work as rows of `jobs.scheduled_tasks` (db-scheduler): what a crash interrupts
/// is run again, and two cores never run the same job at once. A job must bear being run
/// twice.
@NullMarked
package org.almonry.jobs;

import org.jspecify.annotations.NullMarked;
