/**
 * <b>Meetings</b>: anything people sit together for, who came, what was decided for each child, and what they promised. An action agreed at
 * any meeting is followed by a process of its own until it is done, confirmed, or answered by its contingency.
 */
package org.followthrough.meeting;
