/**
 * What goes out on paper: a pack as a document that a tired person can read, its most urgent page first. Knows the record's words and
 * no more of it: what it prints is what the pack says, and every page carries the pack's hash.
 */
package org.followthrough.paper;
