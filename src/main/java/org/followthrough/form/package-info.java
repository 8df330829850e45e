/**
 * Forms on their way into the record: checked again on the server by their own drawing, shown with what the record holds,
 * kept as drafts while they are being filled. What is typed never becomes an engine variable.
 */
package org.followthrough.form;
