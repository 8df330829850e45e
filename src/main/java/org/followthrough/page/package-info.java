/**
 * <b>A page handed in</b>: what a task's form is to the record. A step says what it reads, shows what is known and takes what was typed;
 * a form is held against that before it is deployed, and checked again by its own drawing when it is handed in. Drafts are kept while it is
 * filled, and a refusal says in plain words what cannot stand, at which field, and what to do. What is typed never becomes an engine
 * variable.
 */
package org.followthrough.page;
