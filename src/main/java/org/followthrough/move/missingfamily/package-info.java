/**
 * <b>Missing family</b>: nobody knows where the family is. The police and a manager hear of it at once, a strategy
 * discussion is called unless one waits already, and somebody asks round again and again until the family is found; then
 * its move goes on from where it is. Owned by whoever is on duty.
 */
package org.followthrough.move.missingfamily;
