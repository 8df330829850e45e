/**
 * <b>Dispute</b>: another authority does not take a family on, and we do not agree. It goes up stage by stage, each with
 * its time and the people who speak for us there, until they are asked again or the family stays; who refuses again goes
 * on where it stopped. The one who holds the family goes on holding it. Owned by the managers of the stage.
 */
package org.followthrough.move.dispute;
