/**
 * <b>Action</b>: one promise, from the meeting at which it was made to the day it is done (learning points P-08, Q-31, C-22).
 *
 * <p>Whoever was there has accepted it by saying so; whoever was not is asked by the next working day, and what they cannot
 * take on is given to somebody else. Its owner says done, with what shows it; somebody else confirms that. Late, or not
 * happening: the same or the next day the team manager says what happens instead, and whether the plan still holds. What is
 * done instead is an action again, with a person, a day and a process. What a parent does is followed by the lead professional.
 */
package org.followthrough.meeting.action;
