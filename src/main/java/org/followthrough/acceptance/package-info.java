/**
 * We take a family over from another authority: our worker says back what they have understood, our manager
 * accepts in writing, and from the moment the others have that in their hands the children are ours. Owned by the
 * team.
 */
package org.followthrough.acceptance;
