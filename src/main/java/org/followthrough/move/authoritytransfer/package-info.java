/**
 * <b>Authority transfer</b>: the case goes to another authority with everything known about it.
 *
 * <p>Each word of the other side is a page of ours with its clock: that they have the pack, that they take the family on, when their
 * conference meets and what it decides, what they have understood, that they accept in writing. Where they are connected their own
 * message fills the page, else somebody rings; a refusal opens a dispute. Until their acceptance is in hand everything stays ours.
 * Then, in one step, they hold the children and what we did for them ends. The service manager is asked where they are silent.
 */
package org.followthrough.move.authoritytransfer;
