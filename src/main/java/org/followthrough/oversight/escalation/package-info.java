/**
 * <b>Escalation</b>: a waiting manager, not a mail.
 *
 * <p>Called by the obligation that is late, it asks the first manager above the owner, in the owner's own line; unanswered
 * it brings in the next tier; an agreed new date stops the climb until then, and a second one goes a tier up. The due date
 * never moves. It ends by itself when the obligation is met, and the clock says how late.
 */
package org.followthrough.oversight.escalation;
