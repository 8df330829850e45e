/**
 * <b>Visit</b>: one child with a plan of protection, seen again and again for as long as the plan lasts (learning points C-18,
 * K-07, P-39).
 *
 * <p>Seen means: when, alone or why not, where they sleep, what they say in their own words, and how things look against the
 * plan. An attempt is written down and counts nothing. A brother seen is not a sister seen. A child whom we have not visited
 * brings the team manager, one whom no social worker has seen the service manager, one whom nobody at all has seen the head
 * of service, day and night.
 */
package org.followthrough.plan.visit;
