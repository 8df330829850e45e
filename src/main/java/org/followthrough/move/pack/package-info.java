/**
 * <b>The pack</b>: everything known about children who move, made section by section from the record, taken in elsewhere without a loss,
 * and printed so that a tired person can read it, its most urgent page first. Every page carries the hash of its content.
 */
package org.followthrough.move.pack;
