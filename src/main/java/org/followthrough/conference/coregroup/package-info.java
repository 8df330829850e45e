/**
 * <b>Core group</b>: the few people who work on the plans of a family's children with the parents, meeting after meeting,
 * until no child of the family has a plan any more (learning point K-25).
 *
 * <p>The social worker arranges it; it goes ahead when they are ill. Every action that is open gets a word: done, still right,
 * changed, or why nobody looked at it. What a plan still lacks is named until it is there. Where a meeting, its plan or what
 * is lacking falls late, the team manager is asked; the next meeting waits for none of that.
 */
package org.followthrough.conference.coregroup;
