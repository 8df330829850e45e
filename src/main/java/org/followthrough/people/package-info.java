/**
 * Who works here: roles and teams, who may see what, how they sign in. A role bound to a team is the group
 * {@code <team>.<role>}, as {@code north.team-manager}; every other role is a plain group.
 */
package org.followthrough.people;
