/**
 * One message to another authority, delivered again and again until it is received there; and given by hand where
 * it is refused. Owned by the social worker who has the family.
 */
package org.followthrough.exchange;
