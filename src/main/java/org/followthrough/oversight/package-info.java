/**
 * <b>Oversight</b>: what is late comes to a manager as a waiting task, and climbs to the next tier while nobody answers.
 */
package org.followthrough.oversight;
