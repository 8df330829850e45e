/**
 * Who works here: roles and teams, the agencies and organisations that others come from, who may see what, how they sign in. A role
 * bound to a team is the group {@code <team>.<role>}, as {@code north.team-manager}; of an organisation it is the group
 * {@code <organisation>.<role>}, as {@code mill-road-school.safeguarding-lead}; every other role is a plain group.
 */
package org.followthrough.people;
