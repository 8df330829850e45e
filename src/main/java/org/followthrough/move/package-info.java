/**
 * <b>Moves</b>: a family moves, within the authority or to another one, and its case moves with everything known about it. At every moment
 * exactly one team or authority is responsible; until the other side has accepted in writing, that is the one who was.
 *
 * <p>What both sides have said is kept here ({@code Moves}, {@code Handovers}, {@code Messages}); the pack of what is known has a package
 * of its own, and so has each process. What carries messages between authorities is the area {@code exchange}.
 */
package org.followthrough.move;
