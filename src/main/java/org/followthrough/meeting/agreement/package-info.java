/**
 * <b>Agreement</b>: who does what by when, one action to a page, at the end of every meeting.
 *
 * <p>An action names one person and one day. Whoever was there has accepted it by saying so; whoever was not is asked. From
 * the moment it is agreed it is followed in a process of its own, so that no action waits for the next meeting to be remembered.
 */
package org.followthrough.meeting.agreement;
