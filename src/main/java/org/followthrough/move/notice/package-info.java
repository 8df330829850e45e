/**
 * Everybody who works with the family hears on the same day that it moves, and says that they have heard it. Owned
 * by the social worker who has the family.
 */
package org.followthrough.move.notice;
