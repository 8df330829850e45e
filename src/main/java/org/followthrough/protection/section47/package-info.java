/**
 * <b>Section 47</b>: the enquiry that a strategy discussion decided on, for each child of whom that was decided.
 *
 * <p>The team manager names a social worker who is free to be fair, and the agencies that are asked. Then everything happens at
 * once: each child is seen, each agency answers, each parent is heard, fathers and partners too, a doctor looks where that was
 * decided. Who keeps us from a child meets lawyers and a manager within hours. The worker says what it comes to, somebody
 * else decides what was found and what follows, child by child, and an interim plan holds until the conference.
 */
package org.followthrough.protection.section47;
