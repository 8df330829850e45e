/**
 * A process, table or page as its designer drew it, read without the engine: {@code Difference} says in words what a proposal
 * changes, for whoever puts it in force and for the designer.
 */
package org.followthrough.model;
