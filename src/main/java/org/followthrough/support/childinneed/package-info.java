/**
 * <b>Child in need</b>: no process ends in nowhere. Where one ends in help, somebody by name takes it over and says so.
 *
 * <p>A worker arranges what kind of help, for which children and with whom; a plan is outlined; the one who was named accepts,
 * in the system or by a manager's word. From then on somebody looks again and again whether it is better for each child. It
 * ends with the closing of each child's episode, for a reason and on a day, and only when nothing is left open; that closing
 * also follows a decision that no further action is needed.
 */
package org.followthrough.support.childinneed;
