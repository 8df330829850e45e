/**
 * Each professional who stays behind when a family moves names who comes after them, and the successor says that
 * they have the family. Owned by the social worker who has the family.
 */
package org.followthrough.move.succession;
