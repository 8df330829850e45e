/**
 * <b>Family arrival</b>: a family comes to us from another authority.
 *
 * <p>We hear of it as of any child: the announcement is a contact of the front door, where everybody it names is looked for before
 * anybody begins anew, and keeps the id that the sender knows them by. A team works with the children from the first day; the other
 * authority holds them until we accept in writing, and whatever is needed to protect them begins here meanwhile. Everything known is
 * taken in, then a manager answers: we take the family on, and who does, or we do not, and why. Where the children have a plan there
 * or an enquiry asks for a conference, ours meets first. A stay that is short is recorded and ends there.
 */
package org.followthrough.move.familyarrival;
