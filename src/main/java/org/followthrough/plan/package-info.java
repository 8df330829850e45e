/**
 * <b>Plan</b>: what must change for each child, written row by row in conferences, core groups and support.
 *
 * <p>The risk and what must change, by when, how somebody other than the parents could see it, and what happens if it does not;
 * what the child says; how often the child is seen. What a plan still lacks stands on top of the page until it is there.
 */
package org.followthrough.plan;
