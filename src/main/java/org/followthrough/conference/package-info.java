/**
 * <b>Conference</b>: the family and all agencies decide together whether a child needs a plan, and look again until none does.
 *
 * <p>Called by an enquiry, by a move or by its own plans, it is arranged under a chair outside the case’s line. Family and agencies
 * are invited and report before it. Where too few came, a new day is set at once or the chair goes on with a reason; the limit
 * neither stops nor starts again. For each child there is a decision, every agency’s view and any dissent stand beside it, and the
 * next day everybody is told. The service manager is asked where any of it is late.
 *
 * <p>A conference is a meeting: that it was held, who took part and what it decided for each child is kept in {@code meeting}
 * ({@link org.followthrough.meeting.Meetings}, {@link org.followthrough.meeting.Outcomes}); what it has beyond other meetings here.
 */
package org.followthrough.conference;
