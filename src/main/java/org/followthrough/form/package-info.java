/**
 * Forms on their way into the record: held against what their tasks read of them before they are deployed, checked again on
 * the server by their own drawing, shown with what the record holds, kept as drafts while they are being filled. What is typed
 * never becomes an engine variable.
 */
package org.followthrough.form;
