/**
 * <b>Read-back</b>: who takes a family over says in their own words what they have understood.
 *
 * <p>What is dangerous for each child, what is not reached yet, what has been tried, and each open action: kept, or why not. Who knows
 * the family says whether that is so, or what is missing, and then it is written anew. Called within the authority and on both sides
 * of a move between two: there one of the two pages is the other side’s, filled by their message or written down by us.
 */
package org.followthrough.move.readback;
