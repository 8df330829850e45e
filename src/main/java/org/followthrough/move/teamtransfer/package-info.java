/**
 * A family goes from one team to another within the authority. Until the manager of the other team has accepted it
 * in writing, everything stays with the team that has it. Owned by that team.
 */
package org.followthrough.move.teamtransfer;
