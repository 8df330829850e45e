/**
 * <b>Acceptance</b>: we take a family over from another authority.
 *
 * <p>Asked for by the arrival, or by our own conference where that comes first. Our worker says back what they have understood, theirs
 * says whether it is so; our manager accepts in writing, child by child, and we are bound from then on. The others let go when they
 * have that in hand, and from the moment they name the children are ours, with their worker; each action that was kept goes on with
 * its own date. The service manager is asked where any of it waits.
 */
package org.followthrough.move.acceptance;
