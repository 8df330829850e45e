/**
 * Our screens inside Camunda Tasklist: the card line and the Case tab, forms with what the record holds, drafts, sign-in.
 * Reads through {@code /api}, in the session that Tasklist uses, and only what the signed-in user may see.
 */
package org.followthrough.tasklist;
