/**
 * <b>Conference</b>: the family and all agencies decide together whether a child needs a plan, and look again until none does.
 *
 * <p>Called by an enquiry, by a move or by its own plans, it is arranged under a chair outside the case’s line. Family and agencies
 * are invited and report before it. Where too few came, a new day is set at once or the chair goes on with a reason; the limit
 * neither stops nor starts again. For each child there is a decision, every agency’s view and any dissent stand beside it, and the
 * next day everybody is told. The service manager is asked where any of it is late.
 */
package org.followthrough.conference;
