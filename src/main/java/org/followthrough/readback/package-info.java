/**
 * Who takes a family over says in their own words what they have understood, and who hands it over says whether
 * that is so. Owned by the receiver, then by the one who knows the family.
 */
package org.followthrough.readback;
