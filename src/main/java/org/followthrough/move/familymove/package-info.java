/**
 * A family moves, and the case moves with everything known about it: called ahead within a day, weighed up, and
 * handed over to another team or authority, which says in writing that it is responsible now. Owned by the social
 * worker who has the family, until then.
 */
package org.followthrough.move.familymove;
