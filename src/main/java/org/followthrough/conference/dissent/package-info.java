/**
 * <b>Dissent</b>: an agency does not agree with what a conference decided, and somebody above the conference answers.
 *
 * <p>Raised at the conference or within three days after it, a formal dissent goes to the service manager, who has two working days.
 * The decision stands and is explained, or the review comes earlier, or, where no review is planned, a conference is called again.
 * The plan stands meanwhile; the head of service is asked where the answer is late.
 */
package org.followthrough.conference.dissent;
