/**
 * The case goes to another authority with everything known about it. Each step of the other side is awaited, with
 * a clock; their refusal opens a dispute. Everything stays ours until they have accepted in writing. Owned by the
 * social worker who has the family.
 */
package org.followthrough.authoritytransfer;
